using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Contracts.Targets;

/// <summary>A target under test that can be read back.</summary>
public interface IReadableTestTarget : ITestTarget
{
    /// <summary>The target, as it is read. Default: <see cref="ITestTarget.Target"/>.</summary>
    IReadableTarget Readable => (IReadableTarget)Target;

    /// <summary>Whether the objects of trashed entries say that they are trashed, as far as they are kept. Default: as <see cref="ITestTarget.KeepsTrashed"/> says.</summary>
    bool MarksTrashed => KeepsTrashed;

    /// <summary>Makes an object of a type by the target's own means, as somebody does who knows no Hermes.</summary>
    /// <returns>Its link.</returns>
    Task<string> MakeByHandAsync(string type);

    /// <summary>The name by which the target knows an attribute. Default: the local one.</summary>
    string NameOf(string type, string attribute) => attribute;
}
