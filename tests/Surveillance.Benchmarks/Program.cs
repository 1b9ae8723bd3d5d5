using System.Diagnostics;
using System.Runtime.InteropServices;
using Surveillance.Benchmarks;

if (args is not ["text" or "classify", _, ..])
{
    Console.Error.WriteLine("""
        usage: Surveillance.Benchmarks text CORPUS.jsonl|CORPUS.txt [--peers]
               Surveillance.Benchmarks classify CORPUS.jsonl|CORPUS.txt...
        Measures on one thread the text engine, with --peers also what tests/Surveillance.Benchmarks/peers/install installs; or the classifier.
        example: dotnet run -c Release --project tests/Surveillance.Benchmarks -- text ../shared/texts/ordinary.jsonl --peers
        example: dotnet run -c Release --project tests/Surveillance.Benchmarks -- classify ../shared/texts/ordinary.jsonl data/gold/sellers-marketplace.jsonl
        """);
    return 2;
}

var project = Path.GetFullPath(Directory.GetCurrentDirectory());
using (var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"]) { RedirectStandardOutput = true })!)
{
    var machine = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1] : RuntimeInformation.OSArchitecture.ToString();
    Console.WriteLine($"machine {machine}, {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; commit {git.StandardOutput.ReadToEnd().Trim()}");
}

if (args[0] == "text")
{
    new TextBenchmark(Corpus.Read(args[1]), project).Run(args.Contains("--peers"));
}
else
{
    new ClassifyBenchmark([.. args[1..].Select(Corpus.Read)], project).Run();
}

return 0;
