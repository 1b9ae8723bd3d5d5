using System.Text.Json;

namespace Surveillance.Api.Search.Server;

/// <summary>Reads what a bulk request says of each document.</summary>
internal static class BulkAnswer
{
    /// <returns>The documents whose outcome is still open: the server says that another state of them is there.</returns>
    /// <exception cref="SearchUnavailableException">The answer is not about all of them, or the index is gone.</exception>
    public static List<BulkEntry> Read(ServerAnswer answer, BulkPart part, WriteOutcome[] outcomes)
    {
        JsonElement[] items = [.. answer.Root.Child("items").Items()];
        if (items.Length != part.Entries.Count)
        {
            throw new SearchUnavailableException($"expected {part.Entries.Count} results of the search server, found {items.Length}");
        }

        var conflicts = new List<BulkEntry>();
        foreach (var (entry, item) in part.Entries.Zip(items))
        {
            if (Outcome(item.Members().FirstOrDefault().Value) is { } outcome)
            {
                outcomes[entry.At] = outcome;
            }
            else
            {
                conflicts.Add(entry);
            }
        }

        return conflicts;
    }

    /// <summary>Null of a conflict of versions.</summary>
    private static WriteOutcome? Outcome(JsonElement result)
    {
        var error = result.Child("error");
        var reason = ServerAnswer.Reason(error);
        return (result.Child("status").Whole(), error.Child("type").Text()) switch
        {
            ( >= 200 and < 300, _) => new WriteOutcome.Written(),
            (409, _) => null,
            (_, "cluster_block_exception" or "es_rejected_execution_exception" or "rejected_execution_exception" or "circuit_breaking_exception") => new WriteOutcome.Postponed(reason),
            (429 or >= 500, _) => new WriteOutcome.Postponed(reason),
            (404, _) => throw new SearchUnavailableException($"the search server's index is gone: {reason}"),
            (401 or 403, _) => throw new SearchUnusableException($"the search server lets us write nothing: {reason}"),
            _ => new WriteOutcome.Rejected(reason),
        };
    }
}
