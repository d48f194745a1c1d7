using System.CommandLine;
using Hermes.Tool;
using Hermes.Tool.Commands;

var root = new RootCommand(
    """
    Keeps other systems in step with your reference data, as a file describes it.

    Exit codes: 0 done, 1 failed, 64 the command line is wrong, 78 the configuration is wrong.
    """)
{
    InitCommand.Create(),
    CheckCommand.Create(),
    RunCommand.Create(),
};

var arguments = root.Parse(args);
var code = await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;
