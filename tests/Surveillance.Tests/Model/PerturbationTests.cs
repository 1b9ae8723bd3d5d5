using Surveillance.Classifier.Model.Perturbing;
using Surveillance.Tests.Rules;

namespace Surveillance.Tests.Model;

public sealed class PerturbationTests
{
    private const string Text = "低压电工证包过拿证，30天办证，加微信咨询QQ";
    private static readonly (int Start, int End)[] Places = [(5, 7), (7, 9), (13, 15)];
    private static readonly Perturbations Known = new();

    public static TheoryData<string> Names => [.. Known.All.Select(perturbation => perturbation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_disguised_text_differs_and_is_the_same_each_time(string name)
    {
        var perturbation = Known.All.Single(one => one.Name == name);
        var disguised = perturbation.Apply(Text, Places);

        Assert.NotEqual(Text, disguised);
        Assert.Equal(disguised, perturbation.Apply(Text, Places));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Offsets_hold_in_a_disguised_text(string name)
    {
        var disguised = Known.All.Single(one => one.Name == name).Apply(Text, Places);
        var assessment = RepositoryClassifier.Classify(new Classifier.Listing { Id = "1", Title = disguised }, new DateOnly(2026, 11, 25));

        Assert.All(assessment.Findings.SelectMany(finding => finding.Spans), span => Assert.Equal(disguised[span.Start..span.End], span.Text));
    }

    [Theory]
    [InlineData("zero-width", "低压电工证包\u200B过拿\u200B证，30天办\u200B证，加微信咨询QQ")]
    [InlineData("reversed", "低压电工证过包证拿，30天证办，加微信咨询QQ")]
    [InlineData("number-words", "低压电工证包过拿证，三零天办证，加微信咨询QQ")]
    [InlineData("pinyin", "低压电工证bao过na证，30天ban证，加微信咨询QQ")]
    [InlineData("initials", "低压电工证bgnz，30天bz，加微信咨询QQ")]
    [InlineData("traditional", "低壓電工證包過拿證，30天辦證，加微信咨詢QQ")]
    public void Disguises_as_a_seller_would(string name, string disguised) =>
        Assert.Equal(disguised, Known.All.Single(one => one.Name == name).Apply(Text, Places));

    private static Classifier.TextClassifier RepositoryClassifier => RepositoryData.Classifier;
}
