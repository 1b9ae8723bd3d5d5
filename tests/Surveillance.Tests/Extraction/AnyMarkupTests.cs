using System.Text;

namespace Surveillance.Tests.Extraction;

/// <summary>Markup put together by chance from what pages are made of: whatever it says, it gets an answer.</summary>
public sealed class AnyMarkupTests
{
    private const int Pages = 1_500;
    private const int Deepest = 5;

    private static readonly string[] Tags = ["div", "a", "ul", "li", "p", "span", "h3", "i", "td", "tr", "table", "dl", "dt", "dd", "br", "img", "b", "section", "em", "del"];

    private static readonly string[] Attributes =
    [
        "", "", "", "class='title'", "class='nick'", "class='shop'", "class='comment'", "class='author'", "class='price'", "class='foot'", "class='ad'", "style='display:none'", "data-nick='%E5%91%'", "data-shop='周'", "role=link",
        "title='电工培训全文'", "href='/shop/1'", "href='/item/99001'", """data-x='{"title":"a","price":5}'""", "e-landurl='https://a.example.com'",
    ];

    private static readonly string[] Texts =
        ["电工培训周末班开课", "周师傅", "", "", "", "¥20", "3天前", "商家：周师傅", "…", "猜你喜欢", "共1件商品", "京ICP证000000号", "作者：", "联系人：王先生", "共2条", "临水培训学校", "城东", "北京", "转发 4", "2026-11-01", "：", "周…", "相关推荐"];

    [Theory]
    [InlineData("https://s.example.com/search?q=x")]
    [InlineData("https://www.example.com/item/1234567.html")]
    [InlineData("https://www.example.com/")]
    public void Gets_an_answer(string url)
    {
        for (var seed = 0; seed < Pages; seed++)
        {
            var page = Page(seed);

            var error = Record.Exception(() => PageFixture.ReadText(page, url));

            Assert.True(error is null, $"page {seed}: {error}\n{page}");
        }
    }

    /// <summary>A few lists of blocks, most of them made alike.</summary>
    private static string Page(int seed)
    {
        var chance = new Random(seed);
        var page = new StringBuilder($"<title>{Texts[chance.Next(Texts.Length)]}</title>");
        for (var lists = chance.Next(1, 4); lists > 0; lists--)
        {
            var shape = chance.Next();
            for (var blocks = chance.Next(1, 9); blocks > 0; blocks--)
            {
                Add(page, new Random(chance.Next(4) == 0 ? chance.Next() : shape), chance, 0);
            }
        }

        return page.ToString();
    }

    /// <param name="shape">Draws the element and what blocks of one list share.</param>
    /// <param name="words">Draws what they differ in.</param>
    private static void Add(StringBuilder page, Random shape, Random words, int depth)
    {
        var tag = Tags[shape.Next(Tags.Length)];
        var (alike, own) = (Texts[shape.Next(Texts.Length)], Texts[words.Next(Texts.Length)]);
        page.Append('<').Append(tag).Append(' ').Append(Attributes[shape.Next(Attributes.Length)]).Append('>').Append(words.Next(3) == 0 ? own : alike);
        for (var inner = depth == Deepest ? 0 : shape.Next(0, 5); inner > 0; inner--)
        {
            Add(page, shape, words, depth + 1);
        }

        page.Append(tag is "br" or "img" ? "" : $"</{tag}>");
    }
}
