using Hermes.Testing.Contracts;

namespace Hermes.TestSupport.Servers;

/// <summary>
/// The tests of this class need a real server. Where it is missing they are skipped, with the command that installs it; with
/// <c>CI=true</c> in the environment they fail instead. Looked at by <see cref="ServerFactAttribute"/> and <see cref="ContractFactAttribute"/>.
/// </summary>
/// <param name="server">A name that <see cref="ServerSoftware"/> knows: <c>postgresql</c>, <c>slapd</c>, <c>rabbitmq</c>, ...</param>
public sealed class RequiresServerAttribute(string server) : RequirementAttribute
{
    /// <summary>The name of the server.</summary>
    public string Server { get; } = server;

    /// <inheritdoc/>
    public override string? Missing() => ServerSoftware.Named(Server).Missing();
}
