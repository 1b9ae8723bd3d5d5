using Surveillance.Classifier.Rules.Loading;

namespace Surveillance.Classifier.Laws;

/// <summary>Reads <c>data/laws</c> strictly.</summary>
internal sealed class LawFiles(string folder)
{
    private readonly Dictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);

    public LawLibrary Read()
    {
        var instruments = Path.Combine(folder, "instruments");
        if (!Directory.Exists(instruments))
        {
            throw new RuleSetException($"{folder}: expected a folder instruments/ with the laws");
        }

        foreach (var path in Directory.EnumerateFiles(instruments, "*.yaml").Order(StringComparer.Ordinal))
        {
            _instruments.Add(Path.GetFileNameWithoutExtension(path), ReadInstrument(StrictMap.ReadFile(path)));
        }

        var conducts = StrictMap.ReadFile(Path.Combine(folder, "conduct.yaml"));
        return new LawLibrary(_instruments.Values, [.. conducts.Names.Select(id => ReadConduct(id, conducts.Map(id)))]);
    }

    private Instrument ReadInstrument(StrictMap file)
    {
        var title = file.Text("title");
        var versions = file.Maps("versions").Select(ReadVersion).OrderBy(version => version.Adopted).ToList();
        var instrument = new Instrument(title, file.OptionalText("short"), versions);
        file.Finish();
        return instrument;
    }

    private LawVersion ReadVersion(StrictMap version)
    {
        var text = Path.Combine(folder, "text", version.Text("text"));
        if (!File.Exists(text))
        {
            throw version.Wrong($"expected the text {text}");
        }

        var later = version.OptionalMap("articles");
        var read = new LawVersion(
            version.Day("adopted"),
            version.Day("effective"),
            version.OptionalDay("until"),
            version.OptionalFlag("confirmed", true),
            later?.Names.ToDictionary(article => article, later.Day, StringComparer.Ordinal) ?? [],
            LawText.Parse(File.ReadAllText(text)));
        version.Finish();
        return read.Text.Count > 0 ? read : throw version.Wrong($"expected articles in {text}");
    }

    private Conduct ReadConduct(string id, StrictMap map)
    {
        map.Locate($"conduct {id}");
        var bases = map.Maps("bases").Select(ReadBasis).ToList();
        var conduct = new Conduct(id, map.Text("name"), map.Text("consequence")) { Bases = bases };
        map.Finish();
        return bases.Count > 0 ? conduct : throw map.Wrong("no legal basis");
    }

    private ConductBasis ReadBasis(StrictMap basis)
    {
        var law = Law(basis, basis.Text("law"));
        var versions = basis.OptionalMap("versions");
        List<(DateOnly?, LawPlace, PenaltyPlace?)> places = [];
        if (versions is null)
        {
            places.Add((null, ReadPlace(basis), ReadPenalty(basis)));
        }
        else
        {
            foreach (var adopted in versions.Names)
            {
                var place = versions.Map(adopted);
                var day = versions.ReadDay(adopted);
                places.Add(law.Versions.Any(version => version.Adopted == day)
                    ? (day, ReadPlace(place), ReadPenalty(place))
                    : throw place.Wrong($"《{law.Title}》 has no version of {adopted}"));
                place.Finish();
            }
        }

        basis.Finish();
        return new ConductBasis(law, [.. places.OrderBy(place => place.Item1)]);
    }

    private PenaltyPlace? ReadPenalty(StrictMap basis)
    {
        if (basis.OptionalMap("penalty") is not { } penalty)
        {
            return null;
        }

        var law = penalty.OptionalText("law") is { } id ? Law(penalty, id) : null;
        var place = ReadPlace(penalty);
        penalty.Finish();
        return new PenaltyPlace(law, place);
    }

    private Instrument Law(StrictMap map, string id) =>
        _instruments.GetValueOrDefault(id) ?? throw map.Wrong($"unknown law '{id}', expected a file instruments/{id}.yaml");

    private static LawPlace ReadPlace(StrictMap map) => new(map.OptionalText("article"), map.OptionalWhole("paragraph"), map.OptionalWhole("item"));
}
