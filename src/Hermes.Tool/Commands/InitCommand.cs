using System.CommandLine;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes init</c>: writes a small configuration with comments, to begin with.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "The file to write. It must not exist.",
            DefaultValueFactory = _ => new FileInfo("hermes.yml"),
        };
        var command = new Command("init", "Writes a small configuration with comments, to begin with.") { file };
        command.SetAction((arguments, cancellationToken) => WriteAsync(arguments.GetValue(file)!, cancellationToken));
        return command;
    }

    private static async Task<int> WriteAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await using var begun = new FileStream(file.FullName, FileMode.CreateNew, FileAccess.Write);
            await using var text = typeof(InitCommand).Assembly.GetManifestResourceStream("hermes.yml")!;
            await text.CopyToAsync(begun, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(file.Exists ? $"{file} is there already. Remove it, or name another file." : exception.Message);
            return ExitCode.Failed;
        }

        await Console.Out.WriteLineAsync($"{file} is written. Read it, change it, and then: hermes check {file}");
        return ExitCode.Done;
    }
}
