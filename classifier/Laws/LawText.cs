using System.Collections.Frozen;
using System.Globalization;

namespace Surveillance.Classifier.Laws;

/// <summary>The articles of one version of an instrument, as its official text lays them out.</summary>
/// <remarks>
/// An article begins with <c>第…条</c>, or with <c>一、</c> in a guide that numbers points. Each line after it is a paragraph (款),
/// unless it begins with <c>（一）</c>: then it is an item (项) of the paragraph above, and the lines below an item that are numbered
/// otherwise (<c>1.</c>) belong to it.
/// </remarks>
internal sealed class LawText
{
    private readonly FrozenDictionary<string, Paragraph[]> _articles;

    private LawText(FrozenDictionary<string, Paragraph[]> articles) => _articles = articles;

    public int Count => _articles.Count;

    public static LawText Parse(string text)
    {
        var articles = new Dictionary<string, List<Paragraph>>(StringComparer.Ordinal);
        List<Paragraph>? current = null;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length == 0)
            {
                continue;
            }

            if (line[0] == '#')
            {
                current = null;
            }
            else if (Heading(line) is (string number, string rest))
            {
                // The first text of a number wins: a later one quotes another instrument.
                current = [new Paragraph(rest, [])];
                articles.TryAdd(number, current);
            }
            else if (current is not null)
            {
                Append(current, line);
            }
        }

        return new LawText(articles.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal));
    }

    /// <summary>The words of a place; null when this text has no such article, paragraph or item.</summary>
    public string? Passage(string article, int? paragraph, int? item)
    {
        if (!_articles.TryGetValue(article, out var paragraphs))
        {
            return null;
        }

        if (paragraph is null)
        {
            return item is null ? string.Join('\n', paragraphs.Select(Whole)) : null;
        }

        var chosen = paragraphs.ElementAtOrDefault(paragraph.Value - 1);
        return item is null ? chosen is null ? null : Whole(chosen) : chosen?.Items.GetValueOrDefault(item.Value);
    }

    private static string Whole(Paragraph paragraph) => string.Join('\n', [paragraph.Text, .. paragraph.Items.Values]);

    private static void Append(List<Paragraph> article, string line)
    {
        var items = article[^1].Items;
        if (ItemNumber(line) is int item)
        {
            items[item] = line;
        }
        else if (char.IsAsciiDigit(line[0]) && items.Count > 0)
        {
            var last = items.Keys.Max();
            items[last] = $"{items[last]}\n{line}";
        }
        else
        {
            article.Add(new Paragraph(line, []));
        }
    }

    private static (string Number, string Opening)? Heading(string line)
    {
        if (line[0] == '第' && line.IndexOf('条', StringComparison.Ordinal) is var end and > 0
            && ChineseNumeral.Read(line.AsSpan(1, end - 1)) is int article)
        {
            var space = line.AsSpan().IndexOfAny(' ', '　');
            var suffix = space > end && line[end + 1] == '之' ? line[(end + 1)..space] : "";
            return space == end + 1 + suffix.Length ? (Number(article) + suffix, line[(space + 1)..].Trim()) : null;
        }

        return line.IndexOf('、', StringComparison.Ordinal) is var mark and > 0 and < 4
            && ChineseNumeral.Read(line.AsSpan(0, mark)) is int point
            ? (Number(point), line[(mark + 1)..])
            : null;
    }

    private static int? ItemNumber(string line) =>
        line[0] is '（' or '(' && line.AsSpan().IndexOfAny('）', ')') is var end and > 1 ? ChineseNumeral.Read(line.AsSpan(1, end - 1)) : null;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record Paragraph(string Text, SortedDictionary<int, string> Items);
}
