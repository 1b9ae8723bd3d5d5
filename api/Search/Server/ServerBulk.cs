using System.Text.Json;
using System.Text.Json.Nodes;

namespace Surveillance.Api.Search.Server;

/// <summary>Writes documents in requests of bounded size, several at once, and says what became of each.</summary>
internal sealed class ServerBulk(ServerCalls calls)
{
    // A server writes fastest in parts of a few megabytes, a few at a time; a busy one asks us to wait.
    private const int MostAtOnce = 4;

    private readonly ServerLimits _limits = new(calls);

    /// <returns>One outcome a document, in order.</returns>
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(string index, IReadOnlyList<IndexDocument> documents, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[documents.Count];
        var longest = await _limits.LongestRequestBytesAsync(cancellationToken);
        var several = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(BulkPart.Of(documents, longest, outcomes), several, async (part, token) => await WritePartAsync(index, part, outcomes, token));
        return outcomes;
    }

    /// <exception cref="SearchUnavailableException">Not all could be deleted.</exception>
    public async Task DeleteAsync(string index, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        using var answer = await calls.DemandAsync(Request(index, BulkPart.Deletions(ids)), cancellationToken);
        // What is not there any more is no error.
        var errors = answer.Root.Child("items").Items().Select(item => item.Members().First().Value.Child("error"));
        if (errors.FirstOrDefault(error => error.ValueKind == JsonValueKind.Object) is { ValueKind: JsonValueKind.Object } error)
        {
            throw new SearchUnavailableException($"the search server deletes not all that it should: {ServerAnswer.Reason(error)}");
        }
    }

    private async Task WritePartAsync(string index, BulkPart part, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        using var answer = await calls.AskAsync(Request(index, part.Body), cancellationToken);
        if (answer.IsTooMuch)
        {
            await WriteSmallerAsync(index, part, outcomes, cancellationToken);
            return;
        }

        if (!answer.IsSuccess)
        {
            throw calls.Refused(answer);
        }

        var conflicts = BulkAnswer.Read(answer, part, outcomes);
        if (conflicts.Count > 0)
        {
            await ConfirmAsync(index, conflicts, outcomes, cancellationToken);
        }
    }

    /// <summary>The server, or a proxy before it, takes less than it says.</summary>
    private async Task WriteSmallerAsync(string index, BulkPart part, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (part.Entries.Count == 1)
        {
            outcomes[part.Entries[0].At] = BulkPart.TooLarge(part.Body.Length);
            return;
        }

        foreach (var half in part.Halves())
        {
            await WritePartAsync(index, half, outcomes, cancellationToken);
        }
    }

    /// <summary>A conflict says that a newer state is there, or was: a document that was deleted a moment ago leaves its version behind for a while.</summary>
    private async Task ConfirmAsync(string index, IReadOnlyList<BulkEntry> conflicts, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var ids = new JsonObject { ["ids"] = new JsonArray([.. conflicts.Select(entry => JsonValue.Create(entry.Id))]) };
        using var answer = await calls.DemandAsync(ServerRequest.Post($"{index}/_mget?_source=false", ids), cancellationToken);
        var there = answer.Root.Child("docs").Items()
            .Where(found => found.Child("found").ValueKind == JsonValueKind.True)
            .DistinctBy(found => found.Child("_id").Text())
            .ToDictionary(found => found.Child("_id").Text() ?? "", found => found.Child("_version").Whole() ?? 0, StringComparer.Ordinal);
        foreach (var entry in conflicts)
        {
            outcomes[entry.At] = there.TryGetValue(entry.Id, out var version) && version >= entry.Version
                ? new WriteOutcome.Written()
                : new WriteOutcome.Postponed("the server still remembers a newer state that was deleted");
        }
    }

    /// <summary>To a name that is no alias the server would make an index of its own invention, so a missing alias must be an error.</summary>
    private static ServerRequest Request(string index, ReadOnlyMemory<byte> body) =>
        ServerRequest.Bulk($"{index}/_bulk?filter_path=errors,items.*.status,items.*.error{(index == IndexSchema.Alias ? "&require_alias=true" : "")}", body);
}
