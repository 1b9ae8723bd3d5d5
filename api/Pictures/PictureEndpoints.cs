using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.Api.Leads;

namespace Surveillance.Api.Pictures;

/// <summary>Leads' pictures over HTTP, from the sealed evidence.</summary>
internal static class PictureEndpoints
{
    /// <summary>Strangers made them: whatever a browser takes one for, it runs, loads and frames nothing.</summary>
    private const string Policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    public static IEndpointRouteBuilder MapPictures(this IEndpointRouteBuilder routes)
    {
        var pictures = routes.MapGroup("/api/leads/{id}/pictures").WithTags("Leads");
        pictures.MapGet("", List).WithName("ListPictures").WithSummary("线索的图片：采集情况、哈希值，以及使用同样图片的其他线索");
        pictures.MapGet("/{digest}", Show).WithName("ShowPicture").WithSummary("一张图片的封存原件（JPEG、PNG、WebP、GIF）");
        return routes;
    }

    /// <summary>Where a picture is shown; null where there are no bytes to show.</summary>
    public static string? AddressOf(LeadId lead, LeadPicture picture) => picture.Digest is null ? null : $"/api/leads/{lead}/pictures/{picture.Digest}";

    private static Results<Ok<IReadOnlyList<LeadPicture>>, ProblemHttpResult> List(string id, LeadPictures pictures) =>
        LeadId.TryParse(id, out var lead) && pictures.Find(lead) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound($"没有编号为 {Wording.Visible(Wording.Beginning(id, 40))} 的线索。");

    private static Results<FileStreamHttpResult, ProblemHttpResult> Show(string id, string digest, LeadPictures pictures, HttpResponse response)
    {
        if (!LeadId.TryParse(id, out var lead) || pictures.Open(lead, digest) is not { } picture)
        {
            return Problems.NotFound("这条线索没有这张图片，或所存内容不是可显示的图片。");
        }

        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.Stream(picture.Bytes, picture.ContentType);
    }
}
