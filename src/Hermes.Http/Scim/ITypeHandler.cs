using Hermes.Abstractions.Targets;

namespace Hermes.Http.Scim;

/// <summary>Applies the changes of one data type.</summary>
internal interface ITypeHandler
{
    /// <summary>Applies a change.</summary>
    Task ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken);

    /// <summary>Lets the resource with a link step aside.</summary>
    /// <returns>Whether it did.</returns>
    Task<bool> StepAsideAsync(string link, CancellationToken cancellationToken) => Task.FromResult(false);
}
