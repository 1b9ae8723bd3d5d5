namespace Surveillance.Api.Cli;

/// <summary>What lies beside the built program.</summary>
internal static class ProgramFiles
{
    /// <summary>Laws, rules, lexicon, platforms, sources: copied there by the build.</summary>
    public static string DataFolder { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>The demo marketplace, built from <c>tests/</c> of the checkout in which the program lies.</summary>
    /// <exception cref="UsageException">The program does not lie in a checkout, or the marketplace was not built.</exception>
    public static string DemoMarket()
    {
        const string Program = "tests/Surveillance.DemoMarket/bin/Release/net10.0/Surveillance.DemoMarket.dll";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, Program) is var path && File.Exists(path))
            {
                return path;
            }
        }

        throw new UsageException($"demo expects a checkout in which {Program} was built; ./run builds it");
    }
}
