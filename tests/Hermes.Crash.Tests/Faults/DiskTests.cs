using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Faults;

/// <summary>A disk that is full, or may not be written: told in words, and nothing is lost when it is good again.</summary>
public sealed class DiskTests
{
    [MountTheory]
    [InlineData(Role.Server, "server")]
    [InlineData(Role.Server, "bus")]
    [InlineData(Role.Client, "client")]
    internal async Task A_full_disk_is_told_and_the_work_goes_on_when_there_is_space_again(Role role, string folder)
    {
        using var campus = new QuietCampus();
        using (var disk = SmallDisk.Mount(Path.Combine(campus.Folder.Path, folder)))
        {
            await using var server = await campus.StartedAsync(Role.Server);
            await using var client = await campus.StartedAsync(Role.Client);
            await server.SettledAsync();
            await client.SettledAsync();

            disk.Fill();
            campus.ChangeSource(100);
            await (role == Role.Server ? server : client).LogsAsync("There is no space left");

            disk.Free();
            await server.SettledAsync();
            await client.SettledAsync();
            (await server.StopAsync()).Should().Be(0);
            (await client.StopAsync()).Should().Be(0);
            await campus.ShouldHaveLostNothingAsync();
        }
    }

    [MountTheory]
    [InlineData(Role.Server, "server")]
    [InlineData(Role.Server, "bus")]
    [InlineData(Role.Client, "client")]
    internal async Task A_folder_that_may_not_be_written_is_told_with_what_to_do(Role role, string folder)
    {
        using var campus = new QuietCampus();
        using (var disk = SmallDisk.Mount(Path.Combine(campus.Folder.Path, folder)))
        {
            await campus.SettleAsync();
            campus.ChangeSource();
            disk.MakeReadOnly();
            await using (var process = campus.Start(role))
            {
                await process.LogsAsync("this account may write");
                await process.StopAsync();
            }

            disk.MakeWritable();
            await campus.ShouldHaveLostNothingAsync();
        }
    }
}
