using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Surveillance.Api.Cli;

/// <summary>Help that ends with an example, as every command's does.</summary>
internal static class CommandHelp
{
    /// <param name="example">One or more lines that can be typed as they stand.</param>
    public static Command WithExample(this Command command, string example)
    {
        command.Options.Add(new HelpOption { Action = new HelpThenExample(example) });
        return command;
    }

    private sealed class HelpThenExample(string example) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = new HelpAction().Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {example}\n");
            return code;
        }
    }
}
