using System.Net;
using System.Text;
using System.Text.Json;
using Surveillance.Api.Leads;
using Surveillance.Api.Operators;
using Surveillance.Classifier.Vision;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Pictures;
using Surveillance.Tests.Leads;
using Surveillance.Tests.Pages;

namespace Surveillance.Tests.Pictures;

public sealed class LeadPicturesTests : IAsyncLifetime
{
    private const string Token = "a-token-of-some-length";

    private static readonly byte[] Poster = Drawn.Poster(1);

    private PagesHost _host = null!;
    private LeadId _lead;
    private LeadId _other;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(new LeadBook(), Token);
        _lead = Put(1);
        _other = Put(2);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Nobody_sees_a_picture_or_that_there_is_one_without_the_token()
    {
        var digest = await ShowAsync(_lead, Poster);
        foreach (var path in (string[])[$"/api/leads/{_lead}/pictures", $"/api/leads/{_lead}/pictures/{digest}", $"/api/leads/{_lead}/pictures/nonsense"])
        {
            using var response = await _host.Client.GetAsync(path, Cancelled);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Gives_the_sealed_bytes_as_what_they_are()
    {
        var digest = await ShowAsync(_lead, Poster, contentType: "text/html");
        using var response = await GetAsync($"/api/leads/{_lead}/pictures/{digest}");

        Assert.Equal((HttpStatusCode.OK, "image/png"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(Poster, await response.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox; frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(response.Headers.CacheControl is { Private: true });
    }

    [Theory]
    [InlineData("another lead's picture")]
    [InlineData("the lead's own page")]
    [InlineData("no digest")]
    [InlineData("no lead")]
    public async Task Of_what_the_lead_does_not_show_there_is_nothing(string asked)
    {
        await ShowAsync(_lead, Poster);
        var others = await ShowAsync(_other, Drawn.Poster(2));
        var path = asked switch
        {
            "another lead's picture" => $"/api/leads/{_lead}/pictures/{others}",
            "the lead's own page" => $"/api/leads/{_lead}/pictures/{(await _host.Book.FindAsync(_lead)).Capture!.Digest}",
            "no digest" => $"/api/leads/{_lead}/pictures/..%2F..%2Frecords.db",
            _ => $"/api/leads/{LeadBook.IdOf(9)}/pictures/{others}",
        };
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", PictureState.Plain)]
    [InlineData("<!doctype html><script>alert(1)</script>", PictureState.Plain)]
    [InlineData("%PDF-1.7", PictureState.Plain)]
    [InlineData("", PictureState.Plain)]
    [InlineData("\u0089PNG\r\n\u001a\n broken", PictureState.Unreadable)]
    public async Task What_is_no_readable_raster_picture_is_never_served(string content, PictureState state)
    {
        var digest = await ShowAsync(_lead, Encoding.Latin1.GetBytes(content), state: state, contentType: "image/png");
        using var response = await GetAsync($"/api/leads/{_lead}/pictures/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_picture_that_is_too_large_is_not_served()
    {
        var digest = await ShowAsync(_lead, [.. Poster, .. new byte[PictureReader.MostBytes]], state: PictureState.Plain);
        using var response = await GetAsync($"/api/leads/{_lead}/pictures/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Altered_evidence_is_an_error_and_no_picture()
    {
        var digest = (await ShowAsync(_lead, Poster)).Value;
        var path = Path.Combine(_host.EvidenceFolder, digest[..2], digest[2..4], digest);
        File.SetAttributes(path, FileAttributes.Normal);
        await File.WriteAllBytesAsync(path, Drawn.Poster(3), Cancelled);

        using var response = await GetAsync($"/api/leads/{_lead}/pictures/{digest}");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Says_which_other_leads_carry_the_same_picture_or_one_near_it()
    {
        var near = Put(3);
        var elsewhere = Put(4);
        var poster = Drawn.PosterImage(1);
        await ShowAsync(_lead, Poster, "https://img.example/a.png");
        await ShowAsync(_other, Poster, "https://img.example/b.png");
        await ShowAsync(near, Drawn.Copy(poster, "JPEG of poor quality"), "https://img.example/c.jpg");
        await ShowAsync(elsewhere, Drawn.Poster(7), "https://img.example/d.png");
        await ShowAsync(_lead, [], "https://img.example/z.png", PictureState.Gone);
        new OperatorGrouping(_host.Book.Database, new MarkReader(Support.Some.Classifier)).CatchUp(Cancelled);

        using var response = await GetAsync($"/api/leads/{_lead}/pictures");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled));
        var pictures = json.RootElement.EnumerateArray().ToList();

        Assert.Equal(["https://img.example/a.png", "https://img.example/z.png"], pictures.Select(picture => picture.GetProperty("url").GetString()));
        Assert.Equal(2, pictures[0].GetProperty("leads").GetInt32());
        Assert.Equal([_other.Value, near.Value], pictures[0].GetProperty("same_in").EnumerateArray().Select(same => same.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, pictures[0].GetProperty("same_in")[0].GetProperty("likeness").ValueKind);
        Assert.InRange(pictures[0].GetProperty("same_in")[1].GetProperty("likeness").GetDouble(), 0.9, 1);
        Assert.Equal((JsonValueKind.Null, 0), (pictures[1].GetProperty("digest").ValueKind, pictures[1].GetProperty("leads").GetInt32()));
    }

    private LeadId Put(int number)
    {
        var listing = Some.Listing("低压电工证 包过") with { Seller = $"卖家{number}", Images = ["https://img.example/a.png"] };
        return _host.Book.Put(number, listing, Some.Assessment(Some.Finding("guarantee", 0.97, listing, "包过")), $"https://market.example/item/{number}");
    }

    private Task<Digest> ShowAsync(LeadId lead, byte[] bytes, string url = "https://img.example/a.png", PictureState state = PictureState.Done, string contentType = "image/png") =>
        _host.ShowPictureAsync(lead, bytes, url, state, contentType);

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", Token);
        return await _host.Client.SendAsync(request, Cancelled);
    }
}
