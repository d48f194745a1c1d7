using Hermes.TestSupport.Servers;

namespace Hermes.Testing.Tests.Servers;

public sealed class ServerProcessTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private readonly ServerDirectory _directory = new("process");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Kill_ends_the_server_and_its_children_and_a_restart_finds_the_data()
    {
        await using var server = await StartAsync("echo started >> starts; sleep 600 & echo $! > child; touch ready; wait");
        var first = server.Id;
        var child = int.Parse(await File.ReadAllTextAsync(_directory["child"]));

        await server.KillAsync();

        IsAlive(first).Should().BeFalse();
        await Polling.UntilAsync(_ => Task.FromResult(!IsAlive(child)), Bound, "the child to end");
        File.Delete(_directory["ready"]);
        await server.StartAsync();
        server.Id.Should().NotBe(first);
        File.ReadAllLines(_directory["starts"]).Should().HaveCount(2);
    }

    [Fact]
    public async Task Stop_lets_the_server_end_by_itself()
    {
        await using var server = await StartAsync("trap 'echo tidy > end; exit 0' TERM; touch ready; while true; do sleep 0.05; done");

        await server.StopAsync();

        File.ReadAllText(_directory["end"]).Trim().Should().Be("tidy");
    }

    [Fact]
    public async Task Server_that_ends_at_once_is_reported_with_its_output()
    {
        var start = () => StartAsync("echo no such data folder; exit 3");

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*did not start: It ended.*no such data folder*");
    }

    [Fact]
    public void Missing_server_is_told_with_the_command_that_installs_it()
    {
        var software = new ServerSoftware("nowhere", "eng/servers/install nowhere", () => Programs.Find("no-program-has-this-name"));

        software.Missing().Should().Contain("'nowhere'").And.Contain("eng/servers/install nowhere");
        new ServerSoftware("shell", "-", () => Programs.Find("sh")).Missing().Should().BeNull();
    }

    [Fact]
    public void Ports_are_given_out_once() =>
        Enumerable.Range(0, 50).Select(_ => FreePorts.Next()).Should().OnlyHaveUniqueItems();

    private Task<ServerProcess> StartAsync(string script) =>
        ServerProcess.StartAsync(
            new ServerCommand("/bin/sh", "-c", script) { WorkingDirectory = _directory.Root },
            _directory["log"],
            _ => Task.FromResult(File.Exists(_directory["ready"])),
            Bound);

    // A killed child of a dead parent stays a zombie until the system reaps it; it no longer counts.
    private static bool IsAlive(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }
}
