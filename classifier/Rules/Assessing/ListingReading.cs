using Surveillance.Classifier.Rules.Language;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>One listing as the rules see it: scanned fields, facts, and contexts worked out when first asked for.</summary>
/// <remarks>Reused from listing to listing, because its tables are larger than most listings; not thread safe.</remarks>
internal sealed class ListingReading
{
    private const decimal LeastServicePrice = 150;

    private static readonly string[] FieldNames = ["title", "text", "seller", "publisher"];

    private readonly RuleSet _rules;
    private readonly Normalizer _normalizer;
    private readonly FieldScan[] _scans;
    private readonly List<FieldScan> _fields = [];
    private readonly bool?[] _contexts;
    private readonly bool?[] _facts = new bool?[Enum.GetValues<Fact>().Length];
    private readonly bool[] _items;

    /// <summary>By context: whether any of its patterns may match.</summary>
    private readonly bool[] _mayMatch;

    private readonly List<Passage> _found = [];
    private readonly List<Contact> _contacts = [];
    private Listing _listing = new();

    public ListingReading(RuleSet rules, Normalizer normalizer)
    {
        _rules = rules;
        _normalizer = normalizer;
        _scans = [.. FieldNames.Select(name => new FieldScan(name, rules.Vocabulary.SymbolCount))];
        _contexts = new bool?[rules.Contexts.Count];
        _items = new bool[rules.Items.Count];
        _mayMatch = new bool[rules.Contexts.Count];
    }

    /// <summary>Those that the listing has, title first.</summary>
    public IReadOnlyList<FieldScan> Fields => _fields;

    /// <summary>Found in the text, in reading order.</summary>
    public IReadOnlyList<Contact> Contacts => _contacts;

    /// <summary>Whether any term of any rule or context occurs: where none does, nothing is worth looking for.</summary>
    public bool HasCue => _fields.Exists(scan => !scan.Touched.IsEmpty);

    public void Read(Listing listing)
    {
        _listing = listing;
        _fields.Clear();
        Array.Clear(_contexts);
        Array.Clear(_facts);
        Array.Clear(_items);
        Array.Clear(_mayMatch);
        Add(_scans[0], listing.Title);
        Add(_scans[1], listing.Text);
        Add(_scans[2], listing.Seller);
        Add(_scans[3], listing.Publisher);
        _contacts.Clear();
        foreach (var field in _fields)
        {
            if (!field.IsName)
            {
                _contacts.AddRange(ContactFinder.Find(field.Normalized, field.Name));
            }

            ReadCues(field);
        }
    }

    /// <summary>Certificates that the listing names, in the order of <c>items.yaml</c>.</summary>
    public IEnumerable<string> Items => _rules.Items.Where((_, item) => _items[item]).Select(item => item.Name);

    public bool Holds(Condition condition) =>
        condition switch
        {
            Condition.InContext context => HoldsContext(context.Index),
            Condition.Knows known => Knows(known.Fact),
            Condition.NamesItem item => _items[item.Index],
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public bool HoldAll(IReadOnlyList<Condition> conditions)
    {
        for (var at = 0; at < conditions.Count; at++)
        {
            if (!Holds(conditions[at]))
            {
                return false;
            }
        }

        return true;
    }

    public bool HoldsAny(IReadOnlyList<Condition> conditions)
    {
        for (var at = 0; at < conditions.Count; at++)
        {
            if (Holds(conditions[at]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a set of fields has a scanned one.</summary>
    public static bool Covers(Fields fields, FieldScan field) => (fields & field.Field) != 0;

    private void Add(FieldScan scan, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            scan.Read(_normalizer.Normalize(text), _rules.Vocabulary);
            _fields.Add(scan);
        }
    }

    private void ReadCues(FieldScan field)
    {
        foreach (var symbol in field.Touched)
        {
            foreach (var context in _rules.Index.ContextsOf(symbol))
            {
                _mayMatch[context] = true;
            }

            foreach (var (item, pattern) in _rules.Index.ItemsOf(symbol))
            {
                if (!_items[item])
                {
                    _found.Clear();
                    PatternMatcher.Find(pattern, field, _found);
                    _items[item] = _found.Count > 0;
                }
            }
        }
    }

    /// <summary>Whether a context of <c>contexts.yaml</c>, by its place there, holds.</summary>
    public bool HoldsContext(int index) => _contexts[index] ??= WorkOut(index, _rules.Contexts[index]);

    public bool Knows(Fact fact) => _facts[(int)fact] ??= Find(fact);

    private bool WorkOut(int index, Context context) =>
        HoldAll(context.All) && !HoldsAny(context.None)
        && ((context.Patterns.Count == 0 && context.Any.Count == 0) || HoldsAny(context.Any) || (_mayMatch[index] && Count(context) >= context.AtLeast));

    private int Count(Context context)
    {
        _found.Clear();
        var count = 0;
        foreach (var field in _fields)
        {
            if (!Covers(context.Fields, field))
            {
                continue;
            }

            for (var pattern = 0; pattern < context.Patterns.Count; pattern++)
            {
                PatternMatcher.Find(context.Patterns[pattern], field, _found);
                if (_found.Count > 0 && context.AtLeast == 1)
                {
                    return 1;
                }
            }

            count += _found.Count == 0 ? 0 : _found.DistinctBy(passage => passage.Start).Count();
            _found.Clear();
            if (count >= context.AtLeast)
            {
                break;
            }
        }

        return count;
    }

    private bool Find(Fact fact) =>
        fact switch
        {
            Fact.HasContact => Contacts.Count > 0 || _listing.Contacts.Count > 0,
            Fact.HasPrice => _listing.Price is > 0 || !string.IsNullOrEmpty(_listing.PriceText),
            Fact.ServicePrice => _listing.Price >= LeastServicePrice,
            Fact.OnMarketplace => _rules.Marketplaces.Has(_listing),
            Fact.OfficialHost => _rules.Marketplaces.IsOfficial(_listing),
            Fact.UnofficialHost => _rules.Marketplaces.IsUnofficial(_listing),
            Fact.LookalikeHost => _rules.Marketplaces.IsLookalike(_listing),
            Fact.UnofficialLink => Contacts.Any(contact => contact.Kind == "link" && !_rules.Marketplaces.IsOfficialAddress(contact.Value)),
            Fact.IsListing => _listing.Kind == ListingKind.Listing,
            Fact.IsAd => _listing.Kind == ListingKind.Ad,
            Fact.IsPage => _listing.Kind == ListingKind.Page,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
