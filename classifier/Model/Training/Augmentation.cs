using System.Security.Cryptography;
using System.Text;
using Surveillance.Classifier.Rules;

namespace Surveillance.Classifier.Model.Training;

/// <summary>Makes further training listings: longer ones of two, and the rules' own examples. None of them is ever measured on.</summary>
internal static class Augmentation
{
    /// <summary>The origin of the rules' examples.</summary>
    public const string OfRules = "rules";

    private static readonly string[] OfPlace = ["restricted-item", "fake-gov-site"];

    /// <summary>Listings of one origin and fold, said one after the other: what is unlawful stays so in a longer text.</summary>
    /// <param name="parts">By listing: those of one part may meet.</param>
    /// <param name="rounds">How many partners each listing gets.</param>
    public static IEnumerable<TrainingListing> Joined(IReadOnlyList<TrainingListing> listings, int[] parts, int seed, int rounds)
    {
        foreach (var pool in listings.Index().Where(listing => listing.Item.Kind != TrainingKind.Ordinary).GroupBy(listing => (listing.Item.Origin, parts[listing.Index])))
        {
            var members = pool.Select(member => member.Item).ToList();
            for (var round = 0; round < rounds; round++)
            {
                for (var at = 0; at < members.Count; at++)
                {
                    var other = members[(int)(Draw($"{seed}/{round}/{at}/{pool.Key}") % (uint)members.Count)];
                    if (other != members[at])
                    {
                        yield return Join(members[at], other);
                    }
                }
            }
        }
    }

    /// <summary>What a rule must find and must leave alone; of other types it says nothing.</summary>
    public static IEnumerable<TrainingListing> Examples(RuleSet rules) => rules.Index.Rules.SelectMany(rule => rule.Examples.Select((example, place) =>
        new TrainingListing(
            example.Listing,
            example.Matches ? [rule.Type] : [],
            [.. ViolationType.OfText.Where(type => type != rule.Type)],
            $"rule:{rule.Id}",
            OfRules,
            TrainingKind.Derived)));

    private static TrainingListing Join(TrainingListing one, TrainingListing other)
    {
        var listing = one.Listing with { Text = Words(one.Listing) + "，" + Words(other.Listing), Title = null };
        var maybe = one.Maybe.Concat(other.Maybe).Concat(one.Listing.Platform == other.Listing.Platform ? [] : OfPlace.Where(type => other.Types.Contains(type)));
        var types = one.Types.Concat(other.Types.Where(type => !maybe.Contains(type))).Distinct().ToList();
        return new TrainingListing(listing, types, [.. maybe.Except(types).Distinct()], one.Group, one.Origin, TrainingKind.Derived);
    }

    private static string Words(Listing listing) =>
        string.Join('，', new[] { listing.Title, listing.Text }.Where(part => !string.IsNullOrEmpty(part)));

    private static uint Draw(string key) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
