using System.Collections.ObjectModel;
using Hermes.Abstractions.Configuration;

namespace Hermes.Runtime.Configuration;

/// <summary>Collects everything that is wrong with a server or client, so that it is told at once.</summary>
/// <param name="root">Where the server or client stands in the configuration; paths of its parts begin with it.</param>
internal sealed class ConfigurationErrors(string root) : Collection<ConfigurationError>
{
    public void Add(string path, string problem, string fix) => Add(new ConfigurationError(path, problem, fix));

    /// <summary>Adds an error of a setting, unless something is already wrong with it.</summary>
    public void Require(bool condition, string path, string problem, string fix)
    {
        if (!condition && !this.Any(error => error.Path.Equals(path, StringComparison.OrdinalIgnoreCase)))
            Add(path, problem, fix);
    }

    /// <summary>Does something; whatever it throws becomes errors.</summary>
    /// <param name="path">What is being made, for exceptions that know no path.</param>
    /// <param name="create">Makes it.</param>
    /// <param name="clean">Removes what is secret from a message.</param>
    /// <returns>What was made, or null.</returns>
    public T? Try<T>(string path, Func<T> create, Func<string, string>? clean = null)
        where T : class
    {
        try
        {
            return create();
        }
        catch (HermesConfigurationException exception)
        {
            foreach (var error in exception.Errors)
                Add(error with { Path = Rooted(error.Path) });
        }
        catch (Exception exception)
        {
            var message = (clean ?? SecretText.Clean)(exception.Message);
            Add(path, $"It cannot be made: {message} ({exception.GetType().Name})", "Correct its settings.");
        }

        return null;
    }

    /// <inheritdoc cref="Try{T}(string, Func{T}, Func{string, string}?)"/>
    public void Try(string path, Action action) => Try(path, () =>
    {
        action();
        return this;
    });

    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
            throw new HermesConfigurationException([.. this]);
    }

    // Parts name their settings from the server or client on, which alone know where they stand.
    private string Rooted(string path) =>
        path.Equals(root, StringComparison.OrdinalIgnoreCase) || path.StartsWith(root + ":", StringComparison.OrdinalIgnoreCase) ? path : $"{root}:{path}";
}
