using Hermes.Abstractions.Configuration;
using Hermes.PostgreSql.ClientState;
using Hermes.PostgreSql.ServerState;
using Hermes.Runtime.Registration;

namespace Hermes.PostgreSql.Tests.Leases;

public sealed class StateSettingsTests
{
    [Fact]
    public void Schema_is_named_after_the_server_unless_it_has_a_name()
    {
        var (unnamed, named) = (new PostgreSqlStateOptions(), new PostgreSqlStateOptions { Schema = "mine" });
        unnamed.NameSchema("State", "hermes_server_", "Campus 1");
        named.NameSchema("State", "hermes_server_", "Campus 1");

        (unnamed.Schema, named.Schema).Should().Be(("hermes_server_Campus 1", "mine"));
    }

    [Fact]
    public void Name_that_makes_the_schema_too_long_is_told()
    {
        var name = () => new PostgreSqlStateOptions().NameSchema("State", "hermes_server_", new string('é', 25));

        name.Should().Throw<HermesConfigurationException>().WithMessage("*State:Schema*64 bytes*");
    }

    [Fact]
    public void Settings_that_are_wrong_are_told_by_their_path_and_show_no_secret()
    {
        var errors = PartOptions.Errors("State", new PostgreSqlClientStateOptions { ConnectionString = "Password=s3cret", LeaseTime = TimeSpan.Zero, Folder = "f" });

        errors.Select(error => error.Path).Should().BeEquivalentTo("State:ConnectionString", "State:LeaseTime");
        errors.Should().OnlyContain(error => !error.ToString().Contains("s3cret"));
        PartOptions.Errors("State", new PostgreSqlClientStateOptions { ConnectionString = "Host=h" }).Should().ContainSingle().Which.Path.Should().Be("State:Folder");
    }
}
