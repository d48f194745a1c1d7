using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>Matches the types that options name with those that the client has.</summary>
internal sealed class TypePlan(IReadOnlyList<TargetType> types)
{
    private readonly List<ConfigurationError> _errors = [];

    /// <summary>What is wrong, to which others may add.</summary>
    public ICollection<ConfigurationError> Errors => _errors;

    /// <summary>The type that a part of the options is for; null, with the error noted, if the client has none of this name.</summary>
    public TargetType? Find(string path, string name)
    {
        if (types.FirstOrDefault(type => type.Name == name) is { } found)
            return found;
        _errors.Add(new(path, $"The client has no data type '{name}'.", $"Use one of: {string.Join(", ", types.Select(type => type.Name))}."));
        return null;
    }

    /// <summary>Ends the planning.</summary>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public void ThrowIfWrong()
    {
        if (_errors.Count > 0)
            throw new HermesConfigurationException(_errors);
    }
}
