using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Lookups;

/// <summary>A look-up site: most pose as a state organ's, a few are honest.</summary>
/// <param name="Number">From 1; its path is <c>/lookup/{number}</c>.</param>
/// <param name="Organ">Whose site it says it is.</param>
/// <param name="Fields">What its form asks for; empty where there is no form.</param>
/// <param name="Expect">Violation types that are certain. Never served.</param>
/// <param name="Maybe">Violation types that are arguable. Never served.</param>
public sealed record LookupPage(
    int Number,
    string Organ,
    string Title,
    string Notice,
    IReadOnlyList<string> Fields,
    string Footer,
    IReadOnlyList<string> Expect,
    IReadOnlyList<string> Maybe)
{
    /// <summary>All of them, by number.</summary>
    public static IReadOnlyList<LookupPage> All { get; } = [.. ListingFiles.Lines<LookupPage>("lookups")];
}
