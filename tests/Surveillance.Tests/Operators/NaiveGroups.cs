using System.Globalization;
using System.Text.Json;
using Dapper;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Operators;

/// <summary>The groups of a store worked out as docs/operators.md says, from all listings at once, each compared with each.</summary>
internal sealed class NaiveGroups
{
    private readonly SortedDictionary<string, ListingMarks> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<(OperatorMark One, OperatorMark Other), double> _near = [];
    private readonly HashSet<OperatorMark> _tying;

    public NaiveGroups(Database database)
    {
        using var connection = database.Open();
        var reader = new MarkReader(Some.Classifier);
        var ofTheTrade = connection.Query<string>("SELECT listing_id FROM assessment WHERE decision <> 'clear' UNION SELECT listing_id FROM listing_item").ToHashSet();
        foreach (var listing in connection.Query<(string Id, long Version)>("SELECT id, version FROM listing"))
        {
            var versions = connection.Query<string>(
                "SELECT body FROM listing_version WHERE listing_id = @Id ORDER BY version = @Version DESC, version DESC", new { listing.Id, listing.Version });
            _marks[listing.Id] = reader.Read([.. versions.Select(body => JsonSerializer.Deserialize<Listing>(body, ContractJson.Options)!)], [], ofTheTrade.Contains(listing.Id));
        }

        FindNear();
        _tying = [.. _marks.Values.SelectMany(listing => listing.Marks).Distinct().Where(mark => SellersOf(mark) <= OperatorGraph.MostSellers)];
        Ties = _marks.Keys.ToDictionary(id => id, id => new SortedDictionary<string, string>(
            _marks.Keys.Where(other => other != id).Select(other => (Id: other, Reasons: Reasons(id, other))).Where(other => other.Reasons.Length > 0)
                .ToDictionary(other => other.Id, other => other.Reasons), StringComparer.Ordinal));
    }

    /// <summary>By listing the others that it is directly tied to, with what the lead page says of it.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, string>> Ties { get; }

    /// <summary>A line for each near wording of each: both digests, and how alike they are.</summary>
    public IEnumerable<string> Near => _near.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key.One.Value} {pair.Key.Other.Value} {pair.Value:0.0000}")).Order(StringComparer.Ordinal);

    /// <summary>How many pairs would be near if boilerplate were looked through.</summary>
    public int OnlyByBoilerplate { get; private set; }

    /// <summary>A line for each listing that has another beside it: its id and its operator's.</summary>
    public IEnumerable<string> Members()
    {
        foreach (var id in _marks.Keys.Where(id => Ties[id].Count > 0))
        {
            var group = new SortedSet<string>([id], StringComparer.Ordinal);
            while (group.SelectMany(member => Ties[member].Keys).Where(other => !group.Contains(other)).ToList() is { Count: > 0 } more)
            {
                group.UnionWith(more);
            }

            yield return $"{id} {group.Min}";
        }
    }

    private string Reasons(string one, string other)
    {
        var shared = _marks[one].Marks.Intersect(_marks[other].Marks).Where(mark => _tying.Contains(mark) && mark.Kind != MarkKind.Wording)
            .Select(mark => new TieReason(mark.Kind, mark.Kind == MarkKind.Seller ? mark.Value.Split('\n')[1] : mark.Value, null));
        var alike = Wordings(one).SelectMany(mine => Wordings(other).Select(theirs => mine == theirs ? 1 : _near.GetValueOrDefault((mine, theirs)))).DefaultIfEmpty().Max();
        return string.Join('；', shared.Concat(alike > 0 ? [new TieReason(MarkKind.Wording, null, alike)] : []).Select(OperatorWording.Of).Order(StringComparer.Ordinal));
    }

    private IEnumerable<OperatorMark> Wordings(string id) => _marks[id].Marks.Where(mark => mark.Kind == MarkKind.Wording && _tying.Contains(mark));

    private int SellersOf(OperatorMark mark) => _marks.Values
        .Where(listing => listing.Marks.Any(its => its == mark || _near.ContainsKey((mark, its)))).Select(listing => listing.Seller).Distinct().Count();

    private void FindNear()
    {
        var prints = _marks.Values.SelectMany(listing => listing.Prints).DistinctBy(print => print.Key).ToDictionary(print => print.Key, print => print.Value);
        var bands = prints.SelectMany(print => print.Value.Bands().Distinct().Select(band => (Band: band, Digest: print.Key))).ToLookup(entry => entry.Band, entry => entry.Digest);
        var undone = new HashSet<(string One, string Other)>();
        foreach (var band in bands)
        {
            foreach (var (one, other) in band.SelectMany(one => band.Where(other => other != one).Select(other => (one, other))))
            {
                var likeness = Math.Round(prints[one].LikenessTo(prints[other]), 4);
                if (likeness >= WordingIndex.Near && band.Count() <= WordingIndex.MostInBand)
                {
                    _near[(new OperatorMark(MarkKind.Wording, one), new OperatorMark(MarkKind.Wording, other))] = likeness;
                }
                else if (likeness >= WordingIndex.Near)
                {
                    undone.Add((one, other));
                }
            }
        }

        OnlyByBoilerplate = undone.Count(pair => !_near.ContainsKey((new OperatorMark(MarkKind.Wording, pair.One), new OperatorMark(MarkKind.Wording, pair.Other))));
    }
}
