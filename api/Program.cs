using Surveillance.Api.Cli;

return await CommandLine.RunAsync(args, CommandStreams.OfProcess());
