using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;

namespace Surveillance.Api.Pages;

/// <summary>How the HTTP API looks as a whole: its description, its JSON and its refusals.</summary>
internal static class ApiDocument
{
    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal);

    public static void Describe(OpenApiOptions options) =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "证件违法信息监测";
            document.Info.Version = "v1";
            document.Info.Description =
                "线索与下架清单。字段名为小写加下划线；时间为 UTC，日期为北京时间。设置了 SURVEIL_TOKEN 时，每个请求都须带 Authorization: Bearer 令牌。";
            return Task.CompletedTask;
        });

    /// <summary>Snake case and readable Chinese, as in the contract's files.</summary>
    public static void UseContractNames(JsonOptions options)
    {
        options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.SerializerOptions.Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
    }

    /// <summary>Gives the refusals that the framework makes by itself a sentence too.</summary>
    public static void SpeakChinese(ProblemDetailsOptions options) =>
        options.CustomizeProblemDetails = context =>
        {
            var (title, detail) = context.ProblemDetails.Status switch
            {
                StatusCodes.Status400BadRequest => ("请求有误", "请求体应为符合接口说明的 JSON 对象。"),
                StatusCodes.Status404NotFound => ("没有找到", "没有这个接口，接口说明见 /openapi/v1.json。"),
                StatusCodes.Status405MethodNotAllowed => ("方法不对", "这个接口不接受这种请求方法。"),
                StatusCodes.Status413PayloadTooLarge => ("请求过大", "请求体太大。"),
                StatusCodes.Status415UnsupportedMediaType => ("请求有误", "请求体应为 JSON（Content-Type: application/json）。"),
                StatusCodes.Status500InternalServerError => ("程序出错", "程序出错，已记入日志；本次请求没有改动任何内容。"),
                _ => (context.ProblemDetails.Title, context.ProblemDetails.Detail),
            };
            if (context.ProblemDetails.Detail is null)
            {
                context.ProblemDetails.Title = title;
                context.ProblemDetails.Detail = detail;
            }
        };
}
