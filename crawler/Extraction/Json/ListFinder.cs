using Surveillance.Classifier;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>Searches documents for the lists of similar objects that look most like listings.</summary>
internal static class ListFinder
{
    private const int MaxDepth = 24;
    private const int MaxLists = 2_000;
    private const int SampleSize = 24;
    private const int FewestUsual = 3;
    private const int MostUsual = 64;
    private const int FewestKeyed = 3;

    /// <summary>A list within a list's objects (its 规格) must be so much better to be preferred.</summary>
    private const double InnerAdvantage = 2.0;

    /// <summary>What a list counts that its own name gives to what nobody asked for.</summary>
    private const double BesideShare = 0.3;

    private static readonly string[] BesideNames = ["recommend", "similar", "guess", "related", "relate", "likelist", "maylike", "hotlist", "history", "suggest", "comment", "review", "repl", "evaluat", "teacher", "schedule", "filterword", "filter_word", "dislike", "feedback"];

    private static readonly string[] PaidNames = ["ad_", "ads", "adlist", "adresult", "advert", "auction", "p4p", "promot", "bid", "top", "tuiguang", "spread", "jingjia", "jz"];

    /// <returns>The best list's listings, empty where no list looks like any.</returns>
    public static IReadOnlyList<Listing> Find(IReadOnlyList<LooseValue> documents, DecodedPage page) => Find(documents, page, out _);

    /// <param name="isBeside">The list's own name gives it to what nobody asked for.</param>
    public static IReadOnlyList<Listing> Find(IReadOnlyList<LooseValue> documents, DecodedPage page, out bool isBeside)
    {
        var lists = new Dictionary<string, List<LooseValue>>();
        foreach (var document in documents)
        {
            // Documents one after another, and groups within one, continue the same list: the path without indices.
            Collect(document, "$", 0, lists);
        }

        var (best, bestPath, bestScore) = ((List<LooseValue>?)null, "", 0.0);
        foreach (var (path, records) in lists)
        {
            var score = Score(records, page) * (IsBeside(path) ? BesideShare : 1);
            var inside = best is not null && path.StartsWith(bestPath + "/", StringComparison.Ordinal);
            if (score > bestScore * (inside ? InnerAdvantage : 1))
            {
                (best, bestPath, bestScore) = (records, path, score);
            }
        }

        isBeside = IsBeside(bestPath);
        if (best is null)
        {
            return [];
        }

        best = Unwrapped([.. Paid(lists, bestPath, best), .. best]);

        // A record among listings that has nothing but a text is a heading or an invitation.
        var found = Read(best, page, int.MaxValue);
        var telling = found.FindAll(SaysMore);
        return telling.Count * 2 > found.Count ? telling : found;
    }

    /// <summary>Those who pay for their place may stand in a list of their own beside the list, drawn alike.</summary>
    private static IEnumerable<LooseValue> Paid(Dictionary<string, List<LooseValue>> lists, string path, List<LooseValue> list)
    {
        var parent = path[..Math.Max(0, path.LastIndexOf('/'))];
        var names = list[0].Members.Select(member => member.Key).ToHashSet(StringComparer.Ordinal);
        return parent.Length == 0 ? [] : lists.Where(other => other.Key.LastIndexOf('/') == parent.Length && other.Key.StartsWith(parent, StringComparison.Ordinal) && other.Key != path && other.Value.Count < list.Count && IsPaid(other.Key[(parent.Length + 1)..]))
            .SelectMany(other => other.Value).Where(record => record.Members.Count(member => names.Contains(member.Key)) * 10 >= names.Count * 7);
    }

    private static bool IsPaid(string name) => Array.Exists(PaidNames, paid => name.StartsWith(paid, StringComparison.OrdinalIgnoreCase)) && !IsBeside(name);

    /// <summary>What most records are may stand in a list of one that is a group.</summary>
    private static List<LooseValue> Unwrapped(List<LooseValue> records)
    {
        var usual = records.SelectMany(record => record.Members.Select(member => member.Key)).CountBy(name => name, StringComparer.Ordinal)
            .Where(count => count.Value * 10 > records.Count * 6).Select(count => count.Key).Take(MostUsual).ToList();
        bool IsUsual(LooseValue record) => record.Kind == LooseKind.Record && usual.Count(name => record[name].Kind != LooseKind.Nothing) * 10 >= usual.Count * 7;
        return usual.Count < FewestUsual ? records
            : [.. records.SelectMany(record => IsUsual(record) ? [record] : record.Members.SelectMany(member => member.Value.Items).Where(IsUsual).ToList() is { Count: > 0 } inner ? inner : [record])];
    }

    private static void Collect(LooseValue value, string path, int depth, Dictionary<string, List<LooseValue>> lists)
    {
        if (depth > MaxDepth || lists.Count > MaxLists)
        {
            return;
        }

        if (value.Kind == LooseKind.List)
        {
            var items = value.Items.Select(JsonText.Read).ToList();
            Add(items, path, lists);
            foreach (var item in items)
            {
                Collect(item, path + "/*", depth + 1, lists);
            }
        }
        else if (value.Kind == LooseKind.Text && value.Scalar.Length > 200 && value.Scalar[0] is '{' or '[')
        {
            // JSON kept as text inside JSON.
            Collect(new LooseParser(value.Scalar, 0).Read(), path + "/text", depth + 1, lists);
        }
        else
        {
            if (IsKeyedList(value))
            {
                Add(value.Members.Select(member => member.Value), path + "/#", lists);
            }

            foreach (var member in value.Members)
            {
                if (member.Value.Kind is LooseKind.List or LooseKind.Record or LooseKind.Text)
                {
                    Collect(member.Value, path + "/" + (IsIndex(member.Key) ? "#" : member.Key), depth + 1, lists);
                }
            }
        }
    }

    private static void Add(IEnumerable<LooseValue> items, string path, Dictionary<string, List<LooseValue>> lists)
    {
        var records = items.Where(item => item.Kind == LooseKind.Record && item.Members.Count > 0).ToList();
        if (records.Count > 0)
        {
            if (!lists.TryGetValue(path, out var list))
            {
                lists[path] = list = [];
            }

            list.AddRange(records);
        }
    }

    /// <summary>Objects under keys that number them or are their ids.</summary>
    public static bool IsKeyedList(LooseValue value) =>
        value.Members.Count >= FewestKeyed && value.Members.All(member => member.Value is { Kind: LooseKind.Record, Members.Count: > 1 } && member.Key.AsSpan().ContainsAnyInRange('0', '9'));

    private static bool IsBeside(string path) => Array.Exists(BesideNames, name => path.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Objects keyed by id or number are lists in another spelling.</summary>
    private static bool IsIndex(string name) => name.Length > 0 && name.All(char.IsAsciiDigit);

    private static double Score(List<LooseValue> records, DecodedPage page)
    {
        var sample = Read(records, page, SampleSize);
        // Filters, menus and tabs are lists of names and nothing else.
        return !sample.Exists(SaysMore) ? 0 : ListingQuality.Of(sample) * records.Count / Math.Min(records.Count, SampleSize);
    }

    private static bool SaysMore(Listing listing) =>
        listing.Price is not null || listing.Url is not null || listing.Seller is not null || listing.Id is not null || listing.Text is not null || listing.Images.Count > 0;

    private static List<Listing> Read(List<LooseValue> records, DecodedPage page, int most)
    {
        var fields = records.Take(most).Select(RecordFields.Of).ToList();
        var fen = RecordReader.AreInFen([.. fields.Take(SampleSize)], page);
        return [.. fields.Select(record => RecordReader.Read(record, page, fen)).OfType<Listing>()];
    }
}
