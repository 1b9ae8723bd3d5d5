using System.Runtime.CompilerServices;
using Surveillance.Api.Cli;

namespace Surveillance.Tests.Support;

internal static class ConsoleWriters
{
    /// <summary>The runner writes to the console while browser tests start Playwright's driver; see <see cref="StandardStreams"/>.</summary>
    [ModuleInitializer]
    public static void Redirect() => StandardStreams.Redirect();
}
