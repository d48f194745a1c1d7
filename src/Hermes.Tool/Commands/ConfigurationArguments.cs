using System.CommandLine;
using Hermes.Tool.Configuration;

namespace Hermes.Tool.Commands;

/// <summary>The arguments by which a command is told its configuration.</summary>
internal sealed class ConfigurationArguments
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "A configuration in YAML or JSON, or a folder of such files. Of several, a later one counts more.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting that counts more than the files: Servers:campus:PollInterval=00:01:00. May be given several times.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        _files.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError($"The option '{token.Value}' is unknown. A file of this name is written ./{token.Value}.");
        });
        _set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => Override.Parse(token.Value) is null))
                result.AddError($"'{token.Value}' sets nothing. Write --set NAME=VALUE.");
        });
        command.Arguments.Add(_files);
        command.Options.Add(_set);
    }

    /// <summary>Reads the configuration that the arguments name, and the environment.</summary>
    public LocatedSettings Read(ParseResult arguments)
    {
        var environment = Environment.GetEnvironmentVariables();
        var set = (arguments.GetValue(_set) ?? []).Select(Override.Parse).OfType<Override>();
        return LocatedSettings.Read(arguments.GetValue(_files)!, Override.Of(environment).Concat(set), environment);
    }
}
