using System.Collections.Concurrent;

namespace Surveillance.DemoMarket.Barriers;

/// <summary>Turns the first requests for each page away with 429, as a marketplace under load does. Thread safe.</summary>
internal sealed class BusyGate
{
    public const int Refusals = 2;

    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    public bool Admits(string query, int page) => _asked.AddOrUpdate($"{page} {query}", 1, (_, count) => count + 1) > Refusals;
}
