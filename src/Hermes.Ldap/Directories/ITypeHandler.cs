using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>Applies the changes of one data type.</summary>
internal interface ITypeHandler
{
    /// <summary>Applies a change.</summary>
    Task ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken);
}
