using System.Globalization;

namespace Surveillance.Benchmarks.Searching;

/// <summary>How a benchmark of searching is to run.</summary>
internal sealed record BenchOptions
{
    public int Listings { get; private init; } = 50_000;

    public IReadOnlyList<string> Engines { get; private init; } = [BenchEngine.Embedded, "elasticsearch", "opensearch"];

    /// <summary>The server's, as Java takes it.</summary>
    public string Heap { get; private init; } = "512m";

    public int Rounds { get; private init; } = 10;

    public int Seconds { get; private init; } = 60;

    /// <returns>Null where an option is unknown or lacks its value.</returns>
    public static BenchOptions? Read(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions();
        foreach (var option in arguments.Chunk(2))
        {
            if (option is not [var name, var value])
            {
                return null;
            }

            int Number() => int.Parse(value, CultureInfo.InvariantCulture);
            switch (name)
            {
                case "--listings":
                    options = options with { Listings = Number() };
                    break;
                case "--engines":
                    options = options with { Engines = value.Split(',') };
                    break;
                case "--heap":
                    options = options with { Heap = value };
                    break;
                case "--rounds":
                    options = options with { Rounds = Number() };
                    break;
                case "--seconds":
                    options = options with { Seconds = Number() };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
