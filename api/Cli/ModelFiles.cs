using Surveillance.Api.Settings;
using Surveillance.Api.Training;

namespace Surveillance.Api.Cli;

/// <summary>Where commands find models, and the labelled sets of the checkout in which the program lies.</summary>
internal static class ModelFiles
{
    public static string Shipped { get; } = Path.Combine(ProgramFiles.DataFolder, "model", "model.bin");

    public static ModelShelf Shelf(string? dataFolder) => new(SettingsOptions.Load(dataFolder).DataFolder, Shipped);

    /// <summary>The model that assesses under these settings; null where rules decide alone.</summary>
    /// <param name="given">Named on the command line; it wins over the one in force.</param>
    /// <exception cref="UsageException">The adopted model's file is gone.</exception>
    public static string? ToAssess(SurveillanceSettings settings, string? given = null) =>
        settings.RulesOnly ? null : given ?? new ModelShelf(settings.DataFolder, Shipped).InForce();

    /// <summary>A folder of <c>data/</c> that is not copied beside the program.</summary>
    /// <exception cref="UsageException">The program does not lie in a checkout.</exception>
    public static string Checkout(string name, string option)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Surveillance.sln")) && Path.Combine(folder.FullName, "data", name) is var path && Directory.Exists(path))
            {
                return path;
            }
        }

        throw new UsageException($"expected data/{name} in the checkout in which the program lies, found none; give {option}");
    }
}
