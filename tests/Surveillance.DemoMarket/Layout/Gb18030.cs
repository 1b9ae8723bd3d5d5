using System.Text;

namespace Surveillance.DemoMarket.Layout;

/// <summary>Pages in the older national charset, sent as many old sites do: without a charset in the header.</summary>
internal static class Gb18030
{
    private static readonly Encoding Encoding =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030") ?? throw new NotSupportedException("The runtime lacks GB18030.");

    public static byte[] Bytes(string html) => Encoding.GetBytes(html);

    public static IResult Html(string html, int status) => new StatusBytes(Bytes(html), status);

    private sealed class StatusBytes(byte[] body, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "text/html";
            httpContext.Response.ContentLength = body.Length;
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
