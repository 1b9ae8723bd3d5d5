using Surveillance.Api.Search;

namespace Surveillance.Tests.Search.Feeding;

/// <summary>An index in memory that fails when it is told to.</summary>
public sealed class TroubledIndex : IListingIndex
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, SortedDictionary<string, IndexDocument>> _indexes = new(StringComparer.Ordinal);
    private string? _current;

    public string Name => "memory";

    /// <summary>What every call throws; null while all is well.</summary>
    public Exception? Trouble { get; set; }

    /// <summary>What becomes of a document instead of being written; null for those that are.</summary>
    public Func<IndexDocument, WriteOutcome?> Instead { get; set; } = _ => null;

    /// <summary>Called before documents are written, with the index's name; null for the one that is read.</summary>
    public Action<string?> Writing { get; set; } = _ => { };

    /// <summary>Of indexes that are made from now on.</summary>
    public int SchemaVersion { get; set; } = IndexSchema.Version;

    /// <summary>Documents that were written, each time.</summary>
    public int Writes { get; private set; }

    public IReadOnlyList<IndexDocument> Documents => [.. Of(null).Values];

    public IReadOnlyList<string> Indexes => [.. _indexes.Keys];

    public Task<IndexStatus> OpenAsync(CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        _current ??= Make();
        return Task.FromResult(new IndexStatus(_current, SchemaVersion, Of(null).Count, [.. _indexes.Keys.Where(name => name != _current)]));
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string? index, IReadOnlyList<IndexDocument> documents, CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        Writing(index);
        lock (_lock)
        {
            Writes += documents.Count;
            return Task.FromResult<IReadOnlyList<WriteOutcome>>([.. documents.Select(document => Instead(document) ?? Write(Of(index), document))]);
        }
    }

    public Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        return DocumentScan.SearchAsync(Documents.ToAsyncEnumerable(), request, cancellationToken);
    }

    public Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>> CountAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        return DocumentScan.CountAsync(Documents.ToAsyncEnumerable(), query, cancellationToken);
    }

    public IAsyncEnumerable<IndexDocument> ReadAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        return Documents.Where(new QueryMatcher(query).Holds).OrderBy(ResultOrder.PlaceOf, ResultOrder.Comparer).ToAsyncEnumerable();
    }

    public IAsyncEnumerable<IndexedVersion> VersionsAsync(string? index, CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        lock (_lock)
        {
            return Of(index).Values.Select(document => new IndexedVersion(document.Id, document.Version)).ToList().ToAsyncEnumerable();
        }
    }

    public Task DeleteAsync(string? index, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            Of(index).Remove(id);
        }

        return Task.CompletedTask;
    }

    public Task RefreshAsync(string? index, CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        return Task.CompletedTask;
    }

    public Task<string> CreateNextAsync(CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        return Task.FromResult(Make());
    }

    public Task SwitchAsync(string index, CancellationToken cancellationToken)
    {
        ThrowIfTroubled();
        _current = index;
        return Task.CompletedTask;
    }

    public Task DropAsync(string index, CancellationToken cancellationToken)
    {
        _ = index != _current && _indexes.Remove(index);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> DropOldAsync(CancellationToken cancellationToken)
    {
        string[] old = [.. _indexes.Keys.Where(name => name != _current)];
        Array.ForEach(old, name => _indexes.Remove(name));
        return Task.FromResult<IReadOnlyList<string>>(old);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static WriteOutcome.Written Write(SortedDictionary<string, IndexDocument> index, IndexDocument document)
    {
        if (!index.TryGetValue(document.Id, out var there) || there.Version < document.Version)
        {
            index[document.Id] = document;
        }

        return new WriteOutcome.Written();
    }

    private string Make()
    {
        var name = IndexSchema.NameOf(_indexes.Count == 0 ? 1 : int.Parse(_indexes.Keys.Last()[^6..], System.Globalization.CultureInfo.InvariantCulture) + 1);
        _indexes.Add(name, new SortedDictionary<string, IndexDocument>(StringComparer.Ordinal));
        return name;
    }

    private SortedDictionary<string, IndexDocument> Of(string? index) => _indexes[index ?? (_current ??= Make())];

    private void ThrowIfTroubled()
    {
        if (Trouble is { } trouble)
        {
            throw trouble;
        }
    }
}
