using System.CommandLine;
using System.CommandLine.Help;
using Hermes.Tool;
using Hermes.Tool.Commands;

// A root command would be called as the file of the program is.
var root = new Command(
    "hermes",
    """
    Keeps other systems in step with your reference data, as a file describes it.

    Exit codes: 0 done, 1 failed, 2 there are changes, 64 the command line is wrong, 66 there is no such thing, 69 no host answers, 75 not now, 77 not allowed,
    78 the configuration is wrong.
    """)
{
    new HelpOption(),
    new VersionOption(),
    InitCommand.Create(),
    CheckCommand.Create(),
    ImportPythonCommand.Create(),
    RunCommand.Create(),
    SchemaCommand.Create(),
    StatusCommand.Create(),
    ActCommands.Poll(),
    ActCommands.InitSync(),
    ActCommands.Pause(),
    ActCommands.Resume(),
    QueueCommand.Create(),
    ListCommands.Trash(),
    ListCommands.Dead(),
    RemovalsCommand.Create(),
    EntryCommand.Create(),
    PlanCommand.Create(),
    TestCommand.Create(),
    CompareCommand.Create(),
    AdoptCommand.Create(),
    LinksCommand.Create(),
};

var arguments = root.Parse(args);
var code = await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;

/// <summary>The program; nothing is built upon it.</summary>
internal partial class Program;
