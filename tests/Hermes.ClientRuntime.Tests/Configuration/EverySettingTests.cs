using Hermes.ClientRuntime.Configuration;
using Hermes.Runtime.Configuration;
using Hermes.TestSupport;
using Microsoft.Extensions.Configuration;

namespace Hermes.ClientRuntime.Tests.Configuration;

public class EverySettingTests
{
    public static TheoryData<string> Settings => new(OptionValues.NamesOf(typeof(ClientOptions)));

    [Theory]
    [MemberData(nameof(Settings))]
    public void What_can_be_set_in_code_can_be_set_in_the_configuration(string name)
    {
        var property = typeof(ClientOptions).GetProperty(name)!;
        var (before, options, errors) = (property.GetValue(new ClientOptions()), new ClientOptions(), new ConfigurationErrors("Client"));
        var section = new ConfigurationBuilder().AddInMemoryCollection([new($"Client:{name}", OptionValues.Another(property.PropertyType, before))]).Build().GetSection("Client");

        ClientSectionReader.Read(section, options, new ClientPartSections(), errors);

        errors.Count.Should().Be(0);
        property.GetValue(options).Should().NotBe(before);
    }
}
