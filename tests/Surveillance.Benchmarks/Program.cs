using System.Diagnostics;
using System.Runtime.InteropServices;
using Surveillance.Benchmarks;

if (args is not ["text", var path, ..])
{
    Console.Error.WriteLine("""
        usage: Surveillance.Benchmarks text CORPUS.jsonl|CORPUS.txt [--peers]
        Measures the text engine on one thread; --peers also what tests/Surveillance.Benchmarks/peers/install installs.
        example: dotnet run -c Release --project tests/Surveillance.Benchmarks -- text ../shared/texts/ordinary.jsonl --peers
        """);
    return 2;
}

var project = Path.GetFullPath(Directory.GetCurrentDirectory());
using (var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"]) { RedirectStandardOutput = true })!)
{
    var machine = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1] : RuntimeInformation.OSArchitecture.ToString();
    Console.WriteLine($"machine {machine}, {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; commit {git.StandardOutput.ReadToEnd().Trim()}");
}

new TextBenchmark(Corpus.Read(path), project).Run(args.Contains("--peers"));
return 0;
