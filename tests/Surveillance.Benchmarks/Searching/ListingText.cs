using System.Text;

namespace Surveillance.Benchmarks.Searching;

/// <summary>What kind of listing, with its templates and how many words of everyday text stand between two of its sentences.</summary>
internal sealed record ListingKindWording(string[] Titles, string[] Sentences, int WordsBetween)
{
    public static ListingKindWording Offer { get; } = new(Wording.OfferTitles, Wording.OfferSentences, 3);

    public static ListingKindWording Course { get; } = new(Wording.CourseTitles, Wording.CourseSentences, 6);

    public static ListingKindWording Job { get; } = new(Wording.JobTitles, Wording.JobSentences, 6);

    public static ListingKindWording Goods { get; } = new(Wording.GoodsTitles, Wording.GoodsSentences, 9);
}

/// <summary>Title and text of one generated listing, with what was drawn for its fields. For one thread, one listing after another.</summary>
internal sealed class ListingText(CommonWords words)
{
    private readonly StringBuilder _text = new();

    public string Title { get; private set; } = "";

    public string Text { get; private set; } = "";

    /// <summary>The last one named; null where none was.</summary>
    public string? Item { get; private set; }

    public (string Said, string Type)? Promise { get; private set; }

    public string? Contact { get; private set; }

    public void Write(ref Draw draw, ListingKindWording wording, string city)
    {
        (Item, Promise, Contact) = (null, null, null);
        _text.Clear();
        Fill(ref draw, draw.Of(wording.Titles), city);
        Title = _text.ToString();
        _text.Clear();

        // Most are short and few are long, as in shops: a median of 100 characters, 400 at most.
        var length = Math.Min(20 + (int)(80 * -Math.Log(1 - draw.Share()) * 1.4), 400);
        while (_text.Length < length)
        {
            Fill(ref draw, draw.Of(wording.Sentences), city);
            for (var word = draw.Below((2 * wording.WordsBetween) + 1); word > 0 && _text.Length < length; word--)
            {
                _text.Append(words.Next(ref draw));
            }

            if (_text[^1] is not ('，' or '。'))
            {
                _text.Append(draw.Chance(0.7) ? '，' : '。');
            }
        }

        Text = _text.ToString();
    }

    private void Fill(ref Draw draw, string template, string city)
    {
        for (var place = 0; place < template.Length; place++)
        {
            if (template[place] != '{')
            {
                _text.Append(template[place]);
                continue;
            }

            Slot(ref draw, template[place + 1], city);
            place += 2;
        }
    }

    private void Slot(ref Draw draw, char slot, string city)
    {
        switch (slot)
        {
            case 'i':
                _text.Append(Item = Wording.Items[draw.Ranked(Wording.Items.Length)]);
                break;
            case 'p':
                Promise = draw.Of(Wording.Promises);
                _text.Append(Promise.Value.Said);
                break;
            case 'k':
                _text.Append("微信").Append(Contact = $"vip{draw.Ranked(20_000)}");
                break;
            case 'n':
                _text.Append(50 + (10 * draw.Below(100)));
                break;
            case 'd':
                _text.Append(1 + draw.Below(15));
                break;
            case 'y':
                _text.Append(2024 + draw.Below(3));
                break;
            default:
                _text.Append(slot switch { 'c' => city, 't' => draw.Of(Wording.Tools), 'g' => draw.Of(Wording.Goods), _ => words.Next(ref draw) });
                break;
        }
    }
}
