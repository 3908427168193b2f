/** A control of a framework: where it is written, and what it asks for in a few words. */
export type Control = { readonly framework: string; readonly control: string; readonly title: string };

/** The controls that checks are evidence for, by id. Only what a clean result really shows is claimed. */
export const CONTROLS = {
  'soc2-cc6.1': {
    framework: 'SOC 2 (TSC 2017)',
    control: 'CC6.1',
    title: 'Logical access security over protected information assets',
  },
  'soc2-cc6.3': {
    framework: 'SOC 2 (TSC 2017)',
    control: 'CC6.3',
    title: 'Access by role, least privilege and segregation of duties',
  },
  'soc2-cc6.6': {
    framework: 'SOC 2 (TSC 2017)',
    control: 'CC6.6',
    title: 'Measures against threats from outside the system boundary',
  },
  'soc2-cc6.7': {
    framework: 'SOC 2 (TSC 2017)',
    control: 'CC6.7',
    title: 'Transmission of information restricted and protected',
  },
  'soc2-cc7.1': {
    framework: 'SOC 2 (TSC 2017)',
    control: 'CC7.1',
    title: 'Detection of changes to configuration and of new vulnerabilities',
  },
  'soc2-cc7.2': {
    framework: 'SOC 2 (TSC 2017)',
    control: 'CC7.2',
    title: 'Monitoring of system components for anomalies',
  },
  'iso27001-a.5.9': {
    framework: 'ISO/IEC 27001:2022',
    control: 'A.5.9',
    title: 'Inventory of information and other associated assets',
  },
  'iso27001-a.5.15': { framework: 'ISO/IEC 27001:2022', control: 'A.5.15', title: 'Access control' },
  'iso27001-a.8.2': { framework: 'ISO/IEC 27001:2022', control: 'A.8.2', title: 'Privileged access rights' },
  'iso27001-a.8.16': { framework: 'ISO/IEC 27001:2022', control: 'A.8.16', title: 'Monitoring activities' },
  'iso27001-a.8.20': { framework: 'ISO/IEC 27001:2022', control: 'A.8.20', title: 'Networks security' },
  'iso27001-a.8.22': { framework: 'ISO/IEC 27001:2022', control: 'A.8.22', title: 'Segregation of networks' },
  'iso27001-a.8.24': { framework: 'ISO/IEC 27001:2022', control: 'A.8.24', title: 'Use of cryptography' },
  'pci4-1.2': {
    framework: 'PCI DSS 4.0',
    control: '1.2',
    title: 'Network security controls are configured and maintained',
  },
  'pci4-1.4': {
    framework: 'PCI DSS 4.0',
    control: '1.4',
    title: 'Connections between trusted and untrusted networks are controlled',
  },
  'pci4-4.2': {
    framework: 'PCI DSS 4.0',
    control: '4.2',
    title: 'Account data is protected with strong cryptography during transmission',
  },
  'pci4-7.2': {
    framework: 'PCI DSS 4.0',
    control: '7.2',
    title: 'Access to system components and data is defined and assigned',
  },
  'pci4-10.4': {
    framework: 'PCI DSS 4.0',
    control: '10.4',
    title: 'Logs are reviewed to identify anomalies or suspicious activity',
  },
  'nist-ac-3': { framework: 'NIST SP 800-53 r5', control: 'AC-3', title: 'Access enforcement' },
  'nist-ac-4': { framework: 'NIST SP 800-53 r5', control: 'AC-4', title: 'Information flow enforcement' },
  'nist-ac-6': { framework: 'NIST SP 800-53 r5', control: 'AC-6', title: 'Least privilege' },
  'nist-cm-8': { framework: 'NIST SP 800-53 r5', control: 'CM-8', title: 'System component inventory' },
  'nist-ia-3': { framework: 'NIST SP 800-53 r5', control: 'IA-3', title: 'Device identification and authentication' },
  'nist-ia-9': { framework: 'NIST SP 800-53 r5', control: 'IA-9', title: 'Service identification and authentication' },
  'nist-sc-7': { framework: 'NIST SP 800-53 r5', control: 'SC-7', title: 'Boundary protection' },
  'nist-sc-8': { framework: 'NIST SP 800-53 r5', control: 'SC-8', title: 'Transmission confidentiality and integrity' },
  'nist-si-4': { framework: 'NIST SP 800-53 r5', control: 'SI-4', title: 'System monitoring' },
  'cis-k8s-5.1.1': {
    framework: 'CIS Kubernetes Benchmark 1.9',
    control: '5.1.1',
    title: 'The cluster-admin role is only used where required',
  },
  'cis-k8s-5.1.2': {
    framework: 'CIS Kubernetes Benchmark 1.9',
    control: '5.1.2',
    title: 'Access to secrets is minimised',
  },
  'cis-k8s-5.1.3': {
    framework: 'CIS Kubernetes Benchmark 1.9',
    control: '5.1.3',
    title: 'Wildcard use in Roles and ClusterRoles is minimised',
  },
  'cis-k8s-5.1.5': {
    framework: 'CIS Kubernetes Benchmark 1.9',
    control: '5.1.5',
    title: 'Default service accounts are not actively used',
  },
  'cis-k8s-5.1.8': {
    framework: 'CIS Kubernetes Benchmark 1.9',
    control: '5.1.8',
    title: 'Use of bind, impersonate and escalate is limited',
  },
  'cis-k8s-5.2.5': {
    framework: 'CIS Kubernetes Benchmark 1.9',
    control: '5.2.5',
    title: 'Admission of containers that share the host network is minimised',
  },
  'gdpr-30': { framework: 'GDPR', control: 'Art. 30', title: 'Records of processing activities' },
  'gdpr-32': { framework: 'GDPR', control: 'Art. 32', title: 'Security of processing' },
} as const satisfies Readonly<Record<string, Control>>;

export type ControlId = keyof typeof CONTROLS;
