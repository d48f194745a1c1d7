using System.DirectoryServices.Protocols;
using System.Text;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Tests.Connection;

public class DiagnosticsTests
{
    [Fact]
    public void A_value_that_the_server_repeats_is_cut_out_of_its_text()
    {
        var request = new ModifyRequest("uid=a", DirectoryAttributeOperation.Replace, "userPassword", "Tr0ub4dor&3");

        Diagnostics.Clean("userPassword: 'tr0ub4dor&3' is too weak", request).Should().Be("userPassword: '...' is too weak");
    }

    [Fact]
    public void A_password_in_the_form_of_Active_Directory_is_cut_out_too()
    {
        var request = new ModifyRequest("cn=a", DirectoryAttributeOperation.Replace, "unicodePwd", Encoding.Unicode.GetBytes("\"Tr0ub4dor&3\""));

        Diagnostics.Clean("refused: Tr0ub4dor&3", request).Should().Be("refused: ...");
    }

    [Fact]
    public void The_values_of_a_new_entry_are_cut_out_but_not_its_object_classes()
    {
        var request = new AddRequest("cn=a", new DirectoryAttribute("objectClass", "inetOrgPerson"), new DirectoryAttribute("sn", "Secretive"));

        Diagnostics.Clean("object class 'inetOrgPerson' of Secretive requires attribute 'cn'", request)
            .Should().Be("object class 'inetOrgPerson' of ... requires attribute 'cn'");
    }

    [Fact]
    public void A_long_text_is_cut() => Diagnostics.Clean(new string('x', 5000), null).Length.Should().BeLessThan(310);
}
