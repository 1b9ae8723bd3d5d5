using Surveillance.Api.Cli;
using Surveillance.Classifier.Text.Compilation;

// Run by the build (TextData.targets), before there is any data the other commands could work with.
if (args is ["compile-text-data", var modules, var output])
{
    TextCompiler.Compile(modules, output);
    return ExitCode.Done;
}

StandardStreams.Redirect();
return await CommandLine.RunAsync(args, CommandStreams.OfProcess());
