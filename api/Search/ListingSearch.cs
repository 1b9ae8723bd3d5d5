using System.Runtime.CompilerServices;
using Surveillance.Api.Search.Feeding;
using Surveillance.Classifier;

namespace Surveillance.Api.Search;

/// <summary>Answers what officers search for: from the index, or from the records while that can't be used; the answers are the same, the latter slower.</summary>
/// <remarks>Thread safe. Whatever asks shows <see cref="Condition"/> and <see cref="Lag"/> where they matter.</remarks>
public sealed class ListingSearch(IndexGate gate, IndexDocuments documents, Outbox outbox, TextClassifier classifier, Synonyms synonyms)
{
    private const int IdsARead = 500;

    public IndexCondition Condition => gate.Now;

    /// <summary>How far the index is behind; the records never are.</summary>
    public IndexLag Lag() => outbox.Lag();

    /// <exception cref="SearchQueryException">It can't be understood.</exception>
    public SearchQuery Parse(string text, bool leadsOnly) => new QueryParser(classifier.Normalizer, synonyms).Parse(text, leadsOnly);

    public IReadOnlyList<Highlight> HighlightsOf(IndexDocument document, SearchQuery query) => new Highlights(classifier.Normalizer).Of(document, query);

    /// <inheritdoc cref="IListingIndex.SearchAsync"/>
    public Task<SearchAnswer<SearchPage>> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return AskAsync(
            index => index.SearchAsync(request, cancellationToken),
            () => DocumentScan.SearchAsync(Records(request.Query, cancellationToken), request, cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc cref="IListingIndex.CountAsync"/>
    public Task<SearchAnswer<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>>> CountAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return AskAsync(
            index => index.CountAsync(query, cancellationToken),
            () => DocumentScan.CountAsync(Records(query, cancellationToken), query, cancellationToken),
            cancellationToken);
    }

    /// <summary>All that match, in the order of results, without what engines read them by. From the records the memory grows by some hundred bytes a match.</summary>
    /// <exception cref="SearchUnavailableException">The engine was lost after the reading had begun.</exception>
    public async IAsyncEnumerable<IndexDocument> ReadAsync(SearchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var begun = (await AskAsync<BegunReading?>(async index => await BegunReading.OfAsync(index, query, cancellationToken), NoReading, cancellationToken)).Value;
        if (begun is null)
        {
            foreach (var document in ReadRecords(query, cancellationToken))
            {
                yield return document;
            }

            yield break;
        }

        await using var reading = begun.Documents;
        for (var isMore = begun.HasFirst; isMore; isMore = await reading.MoveNextAsync())
        {
            yield return reading.Current;
        }
    }

    private static Task<BegunReading?> NoReading() => Task.FromResult<BegunReading?>(null);

    private async Task<SearchAnswer<T>> AskAsync<T>(Func<IListingIndex, Task<T>> fromIndex, Func<Task<T>> fromRecords, CancellationToken cancellationToken)
    {
        // Nobody's search waits for an engine that is away: what feeds it asks again.
        if (Condition.Problem is null && await gate.IsOpenAsync(cancellationToken))
        {
            try
            {
                return new SearchAnswer<T>(await fromIndex(gate.Index), IsFromRecords: false);
            }
            catch (SearchUnavailableException error)
            {
                gate.Lost(error);
            }
            catch (SearchUnusableException error)
            {
                gate.Refused(error);
            }
        }

        return new SearchAnswer<T>(await fromRecords(), IsFromRecords: true);
    }

    private IAsyncEnumerable<IndexDocument> Records(SearchQuery query, CancellationToken cancellationToken) =>
        documents.Snapshot(query.LeadsOnly, cancellationToken).ToAsyncEnumerable();

    private IEnumerable<IndexDocument> ReadRecords(SearchQuery query, CancellationToken cancellationToken)
    {
        var matcher = new QueryMatcher(query);
        var places = documents.Snapshot(query.LeadsOnly, cancellationToken).Where(matcher.Holds).Select(ResultOrder.PlaceOf).ToList();
        places.Sort(ResultOrder.Comparer);
        foreach (var ids in places.Select(place => place.Id).Chunk(IdsARead))
        {
            var read = documents.Read(ids).ToDictionary(document => document.Id);
            foreach (var id in ids.Where(id => read.TryGetValue(id, out var now) && matcher.Holds(now)))
            {
                yield return read[id];
            }
        }
    }

    /// <summary>A reading that has its first document, or knows that there is none: from then on an engine that is lost breaks it off.</summary>
    private sealed record BegunReading(IAsyncEnumerator<IndexDocument> Documents, bool HasFirst)
    {
        public static async Task<BegunReading> OfAsync(IListingIndex index, SearchQuery query, CancellationToken cancellationToken)
        {
            var documents = index.ReadAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                return new BegunReading(documents, await documents.MoveNextAsync());
            }
            catch
            {
                await documents.DisposeAsync();
                throw;
            }
        }
    }
}

/// <param name="IsFromRecords">True where the index could not be used.</param>
public sealed record SearchAnswer<T>(T Value, bool IsFromRecords);
