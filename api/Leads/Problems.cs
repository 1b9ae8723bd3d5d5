using Microsoft.AspNetCore.Http.HttpResults;

namespace Surveillance.Api.Leads;

/// <summary>Refusals as problem details (RFC 9457), each one Chinese sentence that says what was expected.</summary>
internal static class Problems
{
    public static ProblemHttpResult BadInput(string sentence) =>
        TypedResults.Problem(sentence, statusCode: StatusCodes.Status400BadRequest, title: "请求有误");

    public static ProblemHttpResult NotFound(string sentence) =>
        TypedResults.Problem(sentence, statusCode: StatusCodes.Status404NotFound, title: "没有找到");

    /// <summary>The present state goes along, so that the caller can show it and decide again.</summary>
    public static ProblemHttpResult Conflict(string sentence, LeadStanding now) =>
        TypedResults.Problem(
            sentence,
            statusCode: StatusCodes.Status409Conflict,
            title: "未作改动",
            extensions: new Dictionary<string, object?> { ["current"] = now });
}
