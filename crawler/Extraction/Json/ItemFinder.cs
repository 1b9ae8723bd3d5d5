using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>Searches a page's state for the one item that it is about: the object that says most of itself and has a price.</summary>
internal static class ItemFinder
{
    private const int ShortestPost = 8;
    private const int MaxDepth = 8;
    private const int MaxRecords = 400;

    /// <param name="posts">Where nothing has a price, the first that says who wrote it will do.</param>
    /// <returns>Null where no object has both a title and a price.</returns>
    public static Listing? Find(IReadOnlyList<LooseValue> documents, DecodedPage page, bool posts = false)
    {
        Listing? post = null;
        var (best, bestQuality, read) = ((Listing?)null, 0.0, 0);
        var isDetail = UrlKind.IsDetail(page.Url);
        foreach (var document in documents)
        {
            Visit(document is { Kind: LooseKind.List, Items: [var only] } ? only : document, [], 0);
        }

        return best ?? post;

        void Visit(LooseValue record, List<LooseValue> around, int depth)
        {
            if (depth > MaxDepth || ++read > MaxRecords || (!isDetail && ListFinder.IsKeyedList(record)))
            {
                return;
            }

            if (record.Members.Any(member => FieldNames.Of(FieldNames.Normalized(member.Key)) is [(Field.Title, _), ..]) && Read(RecordFields.Of(record), page) is { } item)
            {
                if (item.Price is not null && ListingQuality.Of([item]) is var quality && quality > bestQuality)
                {
                    (best, bestQuality) = (Completed(item, around, page), quality);
                }

                post ??= posts && item is { Seller: not null, Id: not null, Title.Length: >= ShortestPost } ? item : null;
            }

            foreach (var member in record.Members.Where(member => member.Value.Kind == LooseKind.Record))
            {
                Visit(member.Value, [.. around, record], depth + 1);
            }
        }
    }

    private static Listing? Read(RecordFields fields, DecodedPage page) => RecordReader.Read(fields, page, RecordReader.AreInFen([fields], page));

    /// <summary>Its seller often stands beside the item, not in it.</summary>
    private static Listing Completed(Listing item, List<LooseValue> around, DecodedPage page)
    {
        foreach (var record in Enumerable.Reverse(around).Take(2))
        {
            var fields = RecordFields.Of(record);
            item = item with
            {
                Seller = item.Seller ?? PlainText.FromMarkup(fields[Field.Seller]?.Scalar, 60),
                Location = item.Location ?? PlainText.FromMarkup(fields[Field.Location]?.Scalar, 60),
            };
        }

        return item with { Platform = page.Site?.Platform };
    }
}
