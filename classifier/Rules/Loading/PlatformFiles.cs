namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Reads <c>data/platforms</c>: marketplaces, and what a state organ's host looks like.</summary>
internal static class PlatformFiles
{
    public static Marketplaces Read(string folder)
    {
        var markets = StrictMap.ReadFile(Path.Combine(folder, "marketplaces.yaml"));
        var names = new List<string>();
        var hosts = new List<string>();
        foreach (var name in markets.Names)
        {
            var market = markets.Map(name);
            names.Add(name);
            names.AddRange(market.Texts("names"));
            hosts.AddRange(market.Texts("hosts"));
            market.Finish();
        }

        var official = StrictMap.ReadFile(Path.Combine(folder, "official.yaml"));
        var read = new Marketplaces(names, hosts, official.Texts("suffixes"), official.Texts("lookalike_parts"));
        official.Finish();
        return read;
    }
}
