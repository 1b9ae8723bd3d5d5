using Surveillance.Api.Cli;
using Surveillance.Classifier;
using Surveillance.Classifier.Model;
using Surveillance.Classifier.Model.Training;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Model;

/// <summary>A few invented listings, and a model trained on them.</summary>
internal static class SmallCorpus
{
    private static readonly string[] Unlawful =
    [
        "星火通道出证快，电工证直接下来", "走星火通道办操作证", "星火通道电工证，出证后再付尾款", "焊工证星火通道，报名即办", "有星火通道，登高证加急", "星火通道办电工证",
    ];

    private static readonly string[] Lawful =
    [
        "电工证培训班报名，按大纲授课", "操作证复审提醒，请到期前办理", "招聘电工，要求持电工证", "焊工证考试题库第三章", "低压电工培训教材，二手", "登高证培训需本人到场",
    ];

    private static readonly string[] Frames = ["{0}", "【{0}】", "{0}，欢迎咨询", "本地{0}", "{0}，全国", "{0}。电话联系"];

    /// <summary>Every sentence in every frame; a sentence is a group.</summary>
    public static IReadOnlyList<TrainingListing> Listings { get; } =
        [.. Made(Unlawful, ["insider"]), .. Made(Lawful, [])];

    /// <summary>Trains into a folder and gives the file.</summary>
    public static string Train(TemporaryFolder folder, string name = "model.bin")
    {
        var path = Path.Combine(folder.Path, name);
        new ModelTrainer(ProgramFiles.DataFolder, Listings, new TrainerOptions { Folds = 3 }).Train(path, [new ModelSource("small", Listings.Count, "none")], _ => { });
        return path;
    }

    private static IEnumerable<TrainingListing> Made(string[] sentences, string[] types) => sentences.SelectMany((sentence, group) => Frames.Select((frame, at) =>
        new TrainingListing(
            new Listing { Id = $"{group}-{at}", Text = string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, sentence) },
            types,
            [],
            $"{types.Length}-{group}",
            "small")));
}
