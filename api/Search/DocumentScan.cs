namespace Surveillance.Api.Search;

/// <summary>Searches documents by looking at every one: for when no index answers. As much memory as one page takes.</summary>
public static class DocumentScan
{
    /// <inheritdoc cref="IListingIndex.SearchAsync"/>
    /// <param name="documents">Every one there is, in any order, with their <see cref="IndexDocument.Grams"/>.</param>
    public static async Task<SearchPage> SearchAsync(IAsyncEnumerable<IndexDocument> documents, SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(request);
        var matcher = new QueryMatcher(request.Query);
        var total = 0L;

        // The last in order lies on top, to be pushed out.
        var best = new PriorityQueue<IndexDocument, SearchCursor>(Comparer<SearchCursor>.Create((left, right) => ResultOrder.Comparer.Compare(right, left)));
        await foreach (var document in documents.WithCancellation(cancellationToken))
        {
            if (!matcher.Holds(document))
            {
                continue;
            }

            total++;
            var place = ResultOrder.PlaceOf(document);
            if (request.After is null || ResultOrder.Comparer.Compare(place, request.After) > 0)
            {
                best.Enqueue(document, place);
                if (best.Count > request.Size + 1)
                {
                    best.Dequeue();
                }
            }
        }

        IndexDocument[] hits = [.. best.UnorderedItems.OrderBy(item => item.Priority, ResultOrder.Comparer).Select(item => item.Element).Take(request.Size)];
        return new SearchPage(hits, total, best.Count > request.Size ? ResultOrder.PlaceOf(hits[^1]) : null);
    }

    /// <inheritdoc cref="IListingIndex.CountAsync"/>
    /// <param name="documents">Every one there is, in any order, with their <see cref="IndexDocument.Grams"/>.</param>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>> CountAsync(
        IAsyncEnumerable<IndexDocument> documents, SearchQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var matcher = new QueryMatcher(query);
        var counts = new FacetCounts();
        await foreach (var document in documents.WithCancellation(cancellationToken))
        {
            if (matcher.Holds(document))
            {
                foreach (var facet in Facet.All)
                {
                    foreach (var key in DocumentFields.KeysOf(facet, document))
                    {
                        counts.Add(facet, key, 1);
                    }
                }
            }
        }

        return counts.InOrder();
    }
}
