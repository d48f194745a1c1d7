namespace Hermes.AspNetCore;

/// <summary>Settings of the dashboard and the HTTP API.</summary>
/// <remarks>
/// Where the host requires authorization (<c>app.MapHermes().RequireAuthorization()</c>), each route asks for one of three policies. A policy that the host does
/// not define asks for the role of the same name; who may operate or approve may read too.
/// </remarks>
public sealed class HermesDashboardOptions
{
    /// <summary>The policy of who may look. Default: <c>Hermes.Read</c>.</summary>
    public string ReadPolicy { get; set; } = "Hermes.Read";

    /// <summary>The policy of who may poll, pause, retry, discard and purge. Default: <c>Hermes.Operate</c>.</summary>
    public string OperatePolicy { get; set; } = "Hermes.Operate";

    /// <summary>The policy of who may approve and reject removals. Default: <c>Hermes.Approve</c>.</summary>
    public string ApprovePolicy { get; set; } = "Hermes.Approve";

    /// <summary>Whether there are pages for people; the HTTP API is there anyway. Default: yes.</summary>
    public bool HasPages { get; set; } = true;
}
