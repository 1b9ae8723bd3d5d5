using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.Api.Leads;

namespace Surveillance.Api.Operators;

/// <summary>Who else a lead's operator is, over HTTP.</summary>
internal static class OperatorEndpoints
{
    public static IEndpointRouteBuilder MapOperators(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/leads/{id}/operator", Find).WithTags("Leads").WithName("FindOperator").WithSummary("同一经营者的其他信息，逐条写明关联理由；是否为重新上架");
        return routes;
    }

    private static Results<Ok<OperatorGroup>, ProblemHttpResult> Find(string id, OperatorStore operators) =>
        LeadId.TryParse(id, out var lead) && operators.Find(lead) is { } group
            ? TypedResults.Ok(group)
            : Problems.NotFound($"没有编号为 {Wording.Visible(Wording.Beginning(id, 40))} 的线索。");
}
